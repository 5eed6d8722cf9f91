"""Figures and tables of tokens and of what enters an encoder."""
