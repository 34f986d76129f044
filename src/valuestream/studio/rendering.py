"""Pages from templates: in the reader's language, and kept while nothing changes.

A page says which one it is (`#state`). Whoever asks again says so (`X-Has`), and is sent what has
changed since, part by part (`parts`), as long as that page is kept, too.
"""

import gzip
import json
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import blake2b
from secrets import token_hex
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from valuestream.draw.known import known
from valuestream.model.durations import format_duration
from valuestream.model.names import answered
from valuestream.model.shares import format_share
from valuestream.studio import assets, fields
from valuestream.studio.parts import CLOSE, END, ITEM, Parted, in_parts, part
from valuestream.studio.shown import steps_shown
from valuestream.studio.words import LANGUAGES, Words, language_of, words_of

_MOST = 300
_ROOM = 64_000_000
"""So many characters of pages are kept: some twenty of a stream of a thousand steps."""
_CHANGES = 16
"""So many answers of what has changed are kept, for all who have heard of the same edit."""
_LISTS = 40
"""So many lists of rows are remembered, each as it was last."""
_LEVEL = 5
_TAG = f"tag-{token_hex(8)}"
"""Stands in a rendered page for what tells it from all others."""
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


@dataclass(frozen=True)
class _Page:
    tag: str
    parted: Parted
    size: int

    @classmethod
    def of(cls, marked: str) -> "_Page":
        tag = blake2b(marked.encode(), digest_size=12).hexdigest()
        return cls(tag, Parted.of(marked.replace(_TAG, tag)), len(marked))

    @property
    def html(self) -> bytes:
        return self.parted.html.encode()

    @cached_property
    def compressed(self) -> bytes:
        return gzip.compress(self.html, _LEVEL, mtime=0)


class Pages:
    """Rendered pages, kept by what they were made of."""

    def __init__(self) -> None:
        self._kept: OrderedDict[object, _Page] = OrderedDict()
        self._changes: OrderedDict[tuple[str, str], bytes] = OrderedDict()

    def answer(self, request: Request, made_of: object, make: Callable[[], str]) -> Response:
        """The page, as it was kept or as it is made now, or what of it the reader does not have.

        204 or 304 where there is nothing of that.
        """
        reader = Reader.of(request)
        key = (str(request.url.path), request.url.query, reader.words.language, reader.theme)
        page = self._page((key, made_of), make)
        headers = {"Vary": "Cookie, Accept-Encoding, X-Has"}
        has = request.headers.get("x-has")
        if has == page.tag:
            return Response(status_code=204, headers=headers)
        if has and (since := self._since(has, page)):
            # Not compressed: on this machine's loopback that would only take time.
            headers["Cache-Control"] = "no-store"
            return Response(since, headers=headers, media_type="text/html")
        tag = f'"{page.tag}"'
        headers |= {"ETag": tag, "Cache-Control": "no-cache"}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        data = page.html
        if "gzip" in request.headers.get("accept-encoding", ""):
            data, headers["Content-Encoding"] = page.compressed, "gzip"
        return Response(data, headers=headers, media_type="text/html")

    def _page(self, key: object, make: Callable[[], str]) -> _Page:
        kept = self._kept.get(key)
        if kept is None:
            kept = self._kept[key] = _Page.of(make())
            self._make_room()
        return kept

    def _make_room(self) -> None:
        room = _ROOM - sum(page.size for page in tuple(self._kept.values()))
        while len(self._kept) > _MOST or (room < 0 and len(self._kept) > 1):
            room += self._kept.popitem(last=False)[1].size

    def _since(self, has: str, page: _Page) -> bytes | None:
        """What has changed since a page; None where the whole is to be sent."""
        if known := self._changes.get((has, page.tag)):
            return known
        before = next((p for p in tuple(self._kept.values()) if p.tag == has), None)
        since = page.parted.since(before.parted) if before else None
        if since is None:
            return None
        self._changes[has, page.tag] = since.encode()
        while len(self._changes) > _CHANGES:
            self._changes.popitem(last=False)
        return since.encode()


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
        "answered": answered,
        "duration": _duration,
        "share": _share,
        "number": words.number,
        "day": words.day,
        "capital": lambda text: text[:1].upper() + text[1:],
        "svg": Markup,
        "in_parts": in_parts,
        "compact_json": lambda value: json.dumps(value, ensure_ascii=False),
    }
    made.globals |= {
        "asset": assets.address,
        "close": CLOSE,
        "end": END,
        "fields": fields,
        "known": known,
        "item": ITEM,
        "languages": LANGUAGES,
        "modules": assets.modules(),
        "part": part,
        "each": _each_remembered(),
        "steps_shown": steps_shown,
        "tag": _TAG,
        "written": fields.written,
    }
    return made


def _each_remembered() -> Callable[..., Markup]:
    """A macro's words for each of many rows: of a thousand, mostly one has changed."""
    kept: OrderedDict[tuple[str, tuple[Any, ...]], dict[tuple[Any, ...], Markup]] = OrderedDict()

    def each(macro: Any, common: tuple[Any, ...], rows: Iterable[tuple[Any, ...]]) -> Markup:
        before = kept.pop((macro.name, common), {})
        said = [(row, before.get(row) or macro(*common, *row)) for row in rows]
        kept[macro.name, common] = dict(said)
        while len(kept) > _LISTS:
            kept.popitem(last=False)
        return Markup("").join(html for _, html in said)

    return each


def _duration(seconds: float | None) -> str:
    return "–" if seconds is None else format_duration(seconds).replace(" ", "\u00a0")


def _share(value: float | None) -> str:
    return "–" if value is None else format_share(value).replace(" ", "\u00a0")
