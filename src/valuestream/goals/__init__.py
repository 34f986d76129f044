"""Objectives and key results: figures of streams that are to go somewhere by a date."""
