"""The bound on what tests wait for."""

MAX_SECONDS = 60  # until a test that waits for another thread or process fails
