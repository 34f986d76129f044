"""Findings on their way to an effect: a developmental stream of the workspace itself."""
