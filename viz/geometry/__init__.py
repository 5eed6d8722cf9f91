"""Figures of vectors, words on a map, dot products and similarities."""
