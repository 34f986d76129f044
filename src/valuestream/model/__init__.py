"""What a value stream is: immutable data and arithmetic; no files, no clocks, no databases."""
