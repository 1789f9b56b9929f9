"""The command line: parse, call one function, print. Imports nothing that it doesn't need for the command at hand."""

from kit.cli.main import main

__all__ = ["main"]
