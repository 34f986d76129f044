"""One command a file; each has a `register(app)`. Heavy imports stand inside the functions."""
