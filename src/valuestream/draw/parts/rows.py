"""How many steps stand side by side, and how wide, so that a picture keeps a page's shape."""

from dataclasses import dataclass
from math import ceil, sqrt

MARGIN = 56.0
SIDE = 128.0
"""On either side of a row: room for the request and the outcome."""
GAP = 56.0
_LEAST_PAGE = 1120.0
_CARD_WIDTHS = {1: 380.0, 2: 330.0, 3: 290.0, 4: 256.0}
_CARD_WIDTH = 232.0


@dataclass(frozen=True, slots=True)
class Grid:
    """The columns of a picture: their number and width, and the page's width."""

    columns: int
    card: float
    page: float

    @property
    def room(self) -> float:
        """Between the margins."""
        return self.page - 2 * MARGIN

    @property
    def pitch(self) -> float:
        """From the middle of a card to the next one's."""
        return (self.room - 2 * SIDE - self.card) / max(1, self.columns - 1)

    def middle(self, column: int) -> float:
        """The middle of a column; a single one stands in the page's middle."""
        if self.columns == 1:
            return self.page / 2
        return MARGIN + SIDE + self.card / 2 + column * self.pitch


def grid(steps: int) -> Grid:
    """The grid for so many steps: one row for six, else rows of about the same length."""
    most = max(6, round(sqrt(1.1 * steps)))
    columns = ceil(steps / ceil(steps / most))
    card = _CARD_WIDTHS.get(columns, _CARD_WIDTH)
    needed = columns * card + (columns - 1) * GAP + 2 * SIDE + 2 * MARGIN
    return Grid(columns, card, max(needed, _LEAST_PAGE))
