"""Figures and tables of what language models compute."""
