"""The catalogues of the studio's words: gathered from templates and modules (`scripts/words`)."""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from valuestream.studio.field_words import field_words
from valuestream.studio.words import FIRST, LANGUAGES

HERE = Path(__file__).parent
_METHODS = [("templates/**.html", "jinja2.ext:babel_extract"), ("**.py", "python")]
_OPTIONS = {"templates/**.html": {"extensions": "jinja2.ext.i18n", "trimmed": "true"}}
_KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "noted": None, "words": None}


def gathered() -> Catalog:
    """All words that are marked, with their places."""
    found = Catalog(fuzzy=False)
    for name, line, text, comments, context in sorted(_extracted(), key=lambda one: one[:2]):
        found.add(text, locations=[(name, 0)], auto_comments=comments, context=context)
        del line
    for text in field_words():
        found.add(text)
    return found


def _extracted() -> Iterator[tuple]:  # type: ignore[type-arg]
    yield from extract_from_dir(
        HERE, method_map=_METHODS, options_map=_OPTIONS, keywords=_KEYWORDS, comment_tags=()
    )


def catalogue(language: str) -> Catalog:
    """What is translated into a language, as its file has it."""
    place = HERE / "locale" / f"{language}.po"
    if not place.is_file():
        return Catalog(locale=language, fuzzy=False)
    with place.open("rb") as file:
        return read_po(file, locale=language)


def main() -> None:
    """Writes each language's file anew: what is new is empty, what is not used any more goes."""
    template = gathered()
    for language in LANGUAGES:
        if language != FIRST:
            kept = catalogue(language)
            # Without a change of words, the file stays as it is.
            template.creation_date = kept.creation_date
            kept.update(template, no_fuzzy_matching=True)
            kept.obsolete.clear()
            with (HERE / "locale" / f"{language}.po").open("wb") as file:
                write_po(
                    file, kept, width=100, sort_output=True, omit_header=False, no_location=True
                )


if __name__ == "__main__":
    main()
