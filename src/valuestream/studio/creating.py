"""New streams from templates."""

from valuestream.model.names import identify
from valuestream.store import Refused
from valuestream.studio.people import Author
from valuestream.studio.studio import Studio
from valuestream.studio.workspace import Kept
from valuestream.templates import fill, template

_LONGEST = 60


def create(studio: Studio, name: str, from_template: str, author: Author) -> Kept:
    """Writes a stream of a template under another name, in a file named after it.

    Raises Refused where there is a file of that name, InputError for an unknown template.
    """
    said = " ".join(name.split())
    if not said:
        raise Refused("a stream needs a name; write one")
    own = identify(said)[:_LONGEST].strip("-")
    studio.store.create(f"{own}.stream.yaml", fill(template(from_template), said), author.id)
    return studio.stream(own)
