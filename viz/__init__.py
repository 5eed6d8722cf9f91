"""Data in, pictures out."""
