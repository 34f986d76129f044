"""Why a figure has no data, and the nearest one that has."""

from valuestream.engines import row
from valuestream.measure import Visits
from valuestream.measure.history import histories
from valuestream.model.figure_path import FigurePath, figure
from valuestream.model.measurable import instead_of
from valuestream.model.series import Series


def refusal(visits: Visits, series: Series) -> tuple[str, str] | None:
    """What is wrong with a series without values, and what to measure instead; None where it has.

    Only weeks that can be judged by count: a log of one week tells no course.
    """
    if series.counted:
        return None
    path = series.path
    message = f"{path} has no data: {_why(visits, series)}"
    instead = _measurable_instead(visits, path)
    if instead is None:
        return message, "measure it in the log first, or take another figure"
    return message, f"the nearest that has data is '{instead}'"


def _why(visits: Visits, series: Series) -> str:
    path = series.path
    if any(point.value is not None for point in series.points):
        return "the log has no whole week of it"
    place = None if path.step is None else visits.stream.place(path.step)
    (seen, known) = row(
        visits.engine,
        "SELECT count(*), count(*) FILTER (WHERE known) FROM visits "
        f"WHERE {'true' if place is None else f'step = {place}'}",
    )
    (completed,) = row(visits.engine, "SELECT count(*) FROM cases WHERE completed")
    if not seen:
        return "no visit of it is in the log"
    if path.figure.clock == "case" and not completed:
        return "no case of the log is completed; mark where cases end by 'end: true'"
    if path.figure.unit in ("duration", "share", "money") and not known:
        return "the log knows one instant a visit, not when its work began"
    if path.figure.name.partition(".")[0] in ("wait_time", "elapsed_time"):
        return "it is the first step of every case: nothing is waited for before it"
    return "no visit tells it"


def _measurable_instead(visits: Visits, path: FigurePath) -> FigurePath | None:
    last = "lead_time.p85" if path.step is None else "process_time.p85"
    instead = [*instead_of(path.figure), figure(last)]
    candidates = [FigurePath(path.stream, path.step, own) for own in instead]
    found = histories(visits, candidates)
    return next((series.path for series in found if series.counted), None)
