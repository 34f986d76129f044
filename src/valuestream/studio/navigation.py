"""The pages of the studio: each a module in `pages`, found by being there.

A page module has a `router`, and a `PLACE` where the navigation names it.
"""

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from valuestream.studio import pages


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the navigation: its address, its label (for the catalogues), its order.

    Those from 90 on begin something new; they stand below the streams.
    """

    href: str
    label: str
    order: int


@cache
def page_modules() -> tuple[ModuleType, ...]:
    """The modules of all pages."""
    found = iter_modules(pages.__path__)
    return tuple(import_module(f"{pages.__name__}.{module.name}") for module in found)


@cache
def places() -> tuple[Place, ...]:
    """The places that the navigation names, in their order."""
    named = (module.PLACE for module in page_modules() if hasattr(module, "PLACE"))
    return tuple(sorted(named, key=lambda place: place.order))
