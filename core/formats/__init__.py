"""One file per file format, reader and writer together."""
