"""Analogy accuracy, and rank correlation with human similarity ratings."""
