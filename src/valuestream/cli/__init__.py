"""The commands: thin hands on the functions of the other rooms."""

from valuestream.cli.app import main

__all__ = ["main"]
