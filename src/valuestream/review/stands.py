"""What figures stand on, in words."""

from valuestream.model.figures import Figures


def stands_on(figures: Figures) -> str:
    """Such as `measured on 4,812 cases` or `as declared`."""
    if figures.cases is None:
        return f"as {figures.provenance}"
    return f"{figures.provenance} on {figures.cases:,} case{'' if figures.cases == 1 else 's'}"
