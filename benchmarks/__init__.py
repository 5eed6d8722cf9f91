"""Benchmarks, one file for each claim: `python -m benchmarks.NAME`."""
