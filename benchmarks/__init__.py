"""Ours beside a peer's, in one run: one file a claim, `python -m benchmarks.NAME`."""
