"""Nearest neighbours, arithmetic, projections: the geometry of embeddings."""
