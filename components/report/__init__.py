"""A café told to whoever was not there: one tagged PDF, or one HTML file that stands alone."""
