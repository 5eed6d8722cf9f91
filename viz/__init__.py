"""Figures and components made from data."""
