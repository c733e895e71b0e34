"""Influence: what became of what people said, walked in both directions."""

from flask import Flask


def register(app: Flask) -> None:
    """Traces are counted (`traces`), for the file format too: what is computed fills itself in at export."""
