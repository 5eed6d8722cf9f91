"""The pages of the app: a folder for each, and `shared` for what two or more of them use."""
