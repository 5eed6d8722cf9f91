"""Modules that two or more pages use."""
