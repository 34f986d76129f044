"""Names and texts as SQL writes them."""


def name(identifier: str) -> str:
    """An identifier in quotes, whatever stands in it."""
    return '"' + identifier.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text in quotes, whatever stands in it."""
    return "'" + text.replace("'", "''") + "'"
