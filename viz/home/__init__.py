"""The small pictures of the start page."""
