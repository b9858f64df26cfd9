"""Documents to print, made by Typst: a template each, and one function that fills it in."""
