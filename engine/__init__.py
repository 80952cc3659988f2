"""Pixels in, named faces out. No Qt, no Keras; runs headless."""

__version__ = "0.1.0"
