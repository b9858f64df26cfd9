"""Histories kept in PostgreSQL, for several processes at once."""
