"""Figures of analogy accuracy and of agreement with human ratings."""
