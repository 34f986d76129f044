"""The words of the interface in the reader's language, by gettext.

Catalogues are `locale/LANGUAGE.po`: they are read as they are, so that a language is one file and
needs no build. What a person wrote (streams) and what the house says of it (findings, pictures) is
shown as it is; of a finding its kind is translated, of a figure its name.
"""

import gettext
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from io import BytesIO

LANGUAGES = {"en": "English", "id": "Bahasa Indonesia"}
FIRST = "en"


def noted(text: str) -> str:
    """Marks a text for the catalogues; it is translated where it is shown."""
    return text


@dataclass(frozen=True)
class Words:
    """A language: its name as the browser has it, and its translations."""

    language: str
    translations: gettext.NullTranslations

    def __call__(self, text: str) -> str:
        """The text in this language."""
        return self.translations.gettext(text)

    def many(self, one: str, several: str, count: int) -> str:
        """The text for so many, with its number."""
        return self.translations.ngettext(one, several, count).format(count=self.number(count))

    def kind(self, code: str) -> str:
        """What the rule of a code finds; empty in English, whose findings say it themselves."""
        if self.language == FIRST:
            return ""
        from valuestream.studio.field_words import kinds

        title = kinds().get(code)
        return self(title) if title else ""

    def number(self, count: float) -> str:
        """A number as it is written in this language."""
        from babel.numbers import format_decimal

        return format_decimal(count, locale=self.language)

    def bytes(self, count: int) -> str:
        """A size, such as 1.2 MB."""
        units = ("B", "kB", "MB", "GB", "TB")
        place = min(len(units) - 1, max(0, (len(str(count)) - 1) // 3))
        size = count / 1000**place
        return f"{self.number(round(size, 1 if size < 10 and place else 0))}\u00a0{units[place]}"

    def day(self, at: date) -> str:
        """A day, such as 3 Mar 2026."""
        from babel.dates import format_date

        return format_date(at, "d MMM y", locale=self.language)


@cache
def words_of(language: str) -> Words:
    """The words of a language of `LANGUAGES`."""
    place = files(__package__) / "locale" / f"{language}.po"
    if language == FIRST or not place.is_file():
        return Words(language, gettext.NullTranslations())
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(place.read_bytes()), locale=language))
    compiled.seek(0)
    return Words(language, gettext.GNUTranslations(compiled))


def language_of(chosen: str | None, accepted: str) -> str:
    """The language that was chosen, else the first of those that a browser accepts."""
    if chosen in LANGUAGES:
        return chosen
    for wish in accepted.split(","):
        tag = wish.split(";")[0].strip().split("-")[0].lower()
        if tag in LANGUAGES:
            return tag
    return FIRST
