"""The two networks of a package: tokenizer (picture <-> tokens) and denoiser (missing tokens from the others)."""
