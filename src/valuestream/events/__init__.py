"""Event logs: one reader a kind of file, all yielding the canonical events table and a ledger."""

from valuestream.events.columns import Columns
from valuestream.events.errors import EventsError
from valuestream.events.ledger import Entry, Ledger
from valuestream.events.log import Events, read

__all__ = ["Columns", "Entry", "Events", "EventsError", "Ledger", "read"]
