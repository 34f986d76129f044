"""Every word of the interface is in every language's catalogue, with what is put into it."""

import re

import pytest
from studio_made import NAME

from valuestream.studio.catalogues import catalogue, gathered
from valuestream.studio.words import FIRST, LANGUAGES, language_of, words_of

OTHERS = [language for language in LANGUAGES if language != FIRST]
PUT_IN = re.compile(r"%\(\w+\)s|\{\w+\}|%%")


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_left_untranslated_and_nothing_is_old(language):
    marked = {m.id for m in gathered() if m.id}
    kept = {m.id: m.string for m in catalogue(language) if m.id}
    assert kept.keys() == marked, "run scripts/words, then translate what is empty"
    assert [id_ for id_, text in kept.items() if not text or not all(text)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_translations_put_in_what_the_words_do(language):
    for message in catalogue(language):
        if message.id:
            texts = message.string if isinstance(message.string, tuple) else (message.string,)
            whole = message.id[-1] if isinstance(message.id, tuple) else message.id
            for text in texts:
                assert sorted(PUT_IN.findall(text)) == sorted(PUT_IN.findall(whole)), message.id


def test_the_template_marks_its_words():
    marked = {m.id for m in gathered()}
    assert "What stands out" in marked  # in a template
    assert "Promise" in marked  # in a module
    assert ("%(num)s stream", "%(num)s streams") in marked


@pytest.mark.parametrize(
    ("chosen", "accepted", "language"),
    [
        (None, "", "en"),
        (None, "fr, id;q=0.8", "id"),
        (None, "ID-id", "id"),
        ("id", "en", "id"),
        ("xx", "en-GB,id", "en"),
        ("../../etc/passwd", "", "en"),
    ],
)
def test_the_language_that_is_read(chosen, accepted, language):
    assert language_of(chosen, accepted) == language


def test_numbers_and_days_are_written_as_the_language_does():
    from datetime import date

    assert words_of("en").number(28843) == "28,843"
    assert words_of("id").number(28843) == "28.843"
    assert words_of("id").day(date(2026, 8, 3)) == "3 Agu 2026"


def test_a_finding_says_its_kind_in_the_readers_language(measured):
    assert (words_of("id").kind("VS301"), words_of("en").kind("VS301")) == (
        "Janji yang tidak ditepati",
        "",
    )
    page = measured.get(f"/streams/{NAME}", headers={"Accept-Language": "id"}).text
    assert "VS301</abbr> · Janji yang tidak ditepati" in page
