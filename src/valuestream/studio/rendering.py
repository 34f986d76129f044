"""Pages from templates: in the reader's language, compressed, and kept while nothing changes."""

import gzip
import json
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from valuestream.draw.known import known
from valuestream.model.durations import format_duration
from valuestream.model.shares import format_share
from valuestream.studio import assets, fields
from valuestream.studio.shown import steps_shown
from valuestream.studio.words import LANGUAGES, Words, language_of, words_of

_MOST = 300
_LEVEL = 5
THEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Reader:
    """How somebody reads: in which language, by day or by night (None: as their system says)."""

    words: Words
    theme: str | None = None

    @classmethod
    def of(cls, request: Request) -> "Reader":
        """The reader of a request."""
        theme = request.cookies.get("theme")
        accepted = request.headers.get("accept-language", "")
        language = language_of(request.cookies.get("language"), accepted)
        return cls(words_of(language), theme if theme in THEMES else None)


@dataclass(frozen=True, slots=True)
class _Page:
    tag: str
    html: bytes
    compressed: bytes


class Pages:
    """Rendered pages, kept by what they were made of."""

    def __init__(self) -> None:
        self._kept: OrderedDict[object, _Page] = OrderedDict()

    def answer(self, request: Request, made_of: object, make: Callable[[], str]) -> Response:
        """The page, as it was kept or as it is made now; 304 where the reader has it already."""
        reader = Reader.of(request)
        key = (str(request.url.path), request.url.query, reader.words.language, reader.theme)
        page = self._page((key, made_of), make)
        headers = {"ETag": page.tag, "Cache-Control": "no-cache", "Vary": "Cookie, Accept-Encoding"}
        if request.headers.get("if-none-match") == page.tag:
            return Response(status_code=304, headers=headers)
        data = page.html
        if "gzip" in request.headers.get("accept-encoding", ""):
            data, headers["Content-Encoding"] = page.compressed, "gzip"
        return Response(data, headers=headers, media_type="text/html")

    def _page(self, key: object, make: Callable[[], str]) -> _Page:
        kept = self._kept.get(key)
        if kept is None:
            html = make().encode()
            tag = f'"{blake2b(html, digest_size=12).hexdigest()}"'
            kept = self._kept[key] = _Page(tag, html, gzip.compress(html, _LEVEL, mtime=0))
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        return kept


def render(template: str, reader: Reader, **context: Any) -> str:
    """The HTML of a template for a reader."""
    made = environment(reader.words.language).get_template(template)
    return made.render(reader=reader, words=reader.words, **context)


@cache
def environment(language: str) -> Environment:
    """The templates in a language."""
    made = Environment(
        loader=PackageLoader("valuestream.studio", "templates"),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = words_of(language)
    made.install_gettext_translations(words.translations, newstyle=True)  # type: ignore[attr-defined]
    made.filters |= {
        "duration": _duration,
        "share": _share,
        "number": words.number,
        "day": words.day,
        "capital": lambda text: text[:1].upper() + text[1:],
        "svg": Markup,
        "compact_json": lambda value: json.dumps(value, ensure_ascii=False),
    }
    made.globals |= {
        "asset": assets.address,
        "fields": fields,
        "known": known,
        "languages": LANGUAGES,
        "steps_shown": steps_shown,
        "written": fields.written,
    }
    return made


def _duration(seconds: float | None) -> str:
    return "–" if seconds is None else format_duration(seconds).replace(" ", "\u00a0")


def _share(value: float | None) -> str:
    return "–" if value is None else format_share(value).replace(" ", "\u00a0")
