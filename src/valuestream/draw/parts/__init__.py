"""The parts that pictures are put together from, each a function from values to shapes."""
