"""The one family of errors that a person can mend."""


class InputError(Exception):
    """The input is at fault. The message says where, what, and what to do, in a sentence."""
