"""Builds the training pictures from Debian packages: fetch, filter, split, cut into crops."""
