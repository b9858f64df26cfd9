"""What people see: plain typed functions that draw, and return what the person wants or None."""
