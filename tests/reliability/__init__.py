"""Campaigns that try to make the app lose, double, leak or stop; each gives figures, and says whether they hold."""
