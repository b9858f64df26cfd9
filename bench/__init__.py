"""How fast Comptoir is, measured on the real app over the wire: `python -m bench`."""
