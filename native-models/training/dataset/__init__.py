"""Builds the training pictures from Debian packages and public repositories: fetch, filter, split, cut into crops."""
