"""Adapters behind the store port: each keeps histories, none knows what a café is."""
