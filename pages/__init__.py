"""The pages of the app, one script a station of the path."""
