"""Embeddings and their geometry, without a user interface."""
