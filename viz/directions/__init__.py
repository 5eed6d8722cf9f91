"""Figures of words along directions."""
