"""Files made of a café. One source of rows for every format; no cell of any file is a formula."""
