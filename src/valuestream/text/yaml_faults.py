"""Why a text is no YAML, in the words of somebody who never wanted to learn YAML."""

import re
from typing import Any

from valuestream.text.fault import Fault
from valuestream.text.lines import Lines

_QUOTE = "put the text in quotes"
_INDENT = "give the keys of one element the same number of blanks before them"
_CLOSE = "close it, or put a text that holds it in quotes"
# What the reader complains of (context, then problem), what that means, and what to do about it.
_WORDS = (
    (r"quoted scalar.*end of stream", "a quote that opens here is never closed", "close it"),
    (r"quoted scalar.*document separator", "a quote that opens here is never closed", "close it"),
    (
        r"unknown escape|expected escape",
        "a backslash in double quotes has a meaning of its own",
        "use single quotes, or write the backslash twice",
    ),
    (r"flow sequence.*expected ',' or ']'", "a list that opens with [ is not closed", _CLOSE),
    (r"flow mapping.*expected ',' or '}'", "a mapping that opens with { is not closed", _CLOSE),
    (
        r"mapping values are not allowed",
        "a colon stands here where a value is written already",
        "put a text that holds ': ' in quotes, and give each key a line of its own and the same "
        "number of blanks before it",
    ),
    (
        r"could not find expected ':'",
        "this line is no 'key: value'",
        "write a colon and a blank "
        "behind the key, or indent a text that goes on from the line above",
    ),
    (
        r"sequence entries are not allowed",
        "a list's dash cannot stand here",
        "begin a list on the line below its key",
    ),
    (r"block collection.*expected <block end>", "the indentation fits no line above", _INDENT),
    (r"block mapping.*expected <block end>", "the indentation fits no line above", _INDENT),
    (r"block sequence.*expected <block end>", "the indentation fits no line above", _INDENT),
    (
        r"scanning (?:an alias|an anchor|a tag)|parsing a node.*tag",
        "a text cannot begin with &, * or ! without quotes",
        _QUOTE,
    ),
    (r"directive", "a line cannot begin with % without quotes", _QUOTE),
    (
        r"block scalar",
        "what follows | or > is no block of text",
        "write the text on the lines below, indented",
    ),
    (r"<document start>", "something follows the end of the text", "remove it"),
)
_CONTEXT_FIRST = re.compile(
    r"quoted scalar.*(?:end of stream|separator)|flow sequence|flow mapping"
)
_CANNOT_START = re.compile(r"found character '(.+?)' that cannot start any token")


def in_words(error: Any, lines: Lines) -> Fault:
    """The fault that a ruamel.yaml error tells of."""
    if hasattr(error, "character"):
        return _control_character(error)
    problem = getattr(error, "problem", None) or ""
    context = getattr(error, "context", None) or ""
    said = f"{context} {problem}"
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    start = min(mark.index if mark else 0, len(lines.text))
    tab = _tab_in_indentation(lines, lines.number(start))
    if tab is not None:
        return Fault("VS007", tab, "a tab indents this line", "indent by blanks, two a level")
    if found := _CANNOT_START.search(problem):
        sign = found[1].encode().decode("unicode_escape") if "\\" in found[1] else found[1]
        return Fault("VS006", start, f"a text cannot begin with {sign!r} without quotes", _QUOTE)
    if _CONTEXT_FIRST.search(said) and getattr(error, "context_mark", None):
        start = error.context_mark.index
    for pattern, message, advice in _WORDS:
        if re.search(pattern, said, re.DOTALL):
            return Fault("VS006", start, message, advice)
    return Fault("VS006", start, "this is no YAML", "compare the line with the ones above it")


def _tab_in_indentation(lines: Lines, number: int) -> int | None:
    """The offset of a tab that indents the line of the complaint, or the one before it."""
    for near in (number, number - 1):
        line = lines.content(near) if near >= 0 else ""
        indentation = line[: len(line) - len(line.lstrip())]
        if line.strip() and "\t" in indentation:
            return lines.start(near) + indentation.index("\t")
    return None


def _control_character(error: Any) -> Fault:
    code = error.character if isinstance(error.character, int) else ord(error.character)
    message = f"an invisible control character (U+{code:04X}) stands here"
    return Fault(
        "VS006",
        error.position,
        message,
        f"remove it, or write it in double quotes as \\u{code:04x}",
    )
