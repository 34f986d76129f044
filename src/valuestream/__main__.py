"""`python -m valuestream`: the command line."""

from valuestream.cli import main

main()
