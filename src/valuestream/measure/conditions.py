"""Conditions in SQL as a person gives them: an expression over the log's columns, nothing else.

What is not on the list below is refused, so that no condition reads files, writes or attaches.
"""

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError

from valuestream.events import Events
from valuestream.measure.columns import own_column
from valuestream.measure.errors import MeasureError

_COMPARISONS = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE)
_ALLOWED = (
    *_COMPARISONS,
    *(exp.And, exp.Or, exp.Not, exp.Paren, exp.In, exp.Between, exp.Like, exp.ILike, exp.Is),
    *(exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Neg),
    *(exp.Column, exp.Identifier, exp.Literal, exp.Boolean, exp.Null),
    *(exp.Lower, exp.Upper, exp.Length, exp.Trim, exp.Abs, exp.Coalesce),
)
_FORMS = "write an expression such as \"channel = 'web' AND amount > 100\""


def condition(text: str, events: Events, said: str = "--where") -> str:
    """The condition in the engine's SQL, its columns those of the canonical table.

    `said` is where it was written. Raises MeasureError where it is more than an expression, or
    names an unknown column.
    """
    try:
        tree = parse_one(text, read="duckdb")
    except SqlglotError as error:
        raise MeasureError(f"{said} {text!r} is no SQL expression; {_FORMS}") from error
    for node in tree.walk():
        if type(node) not in _ALLOWED or (isinstance(node, exp.In) and node.args.get("query")):
            raise MeasureError(
                f"{said} {text!r}: {type(node).__name__} may not stand in a condition; {_FORMS}"
            )
    return tree.transform(_numbers).transform(lambda node: _own(node, events)).sql("duckdb")


def _numbers(node: exp.Expression) -> exp.Expression:
    """Cells of text are compared with numbers as numbers; those that are none make no match."""
    if isinstance(node, (*_COMPARISONS, exp.Between)) and any(
        isinstance(leaf, exp.Literal) and not leaf.is_string for leaf in node.find_all(exp.Literal)
    ):
        column = node.this
        if isinstance(column, exp.Column):
            node.set("this", exp.TryCast(this=column.copy(), to=exp.DataType.build("double")))
    return node


def _own(node: exp.Expression, events: Events) -> exp.Expression:
    if not isinstance(node, exp.Column):
        return node
    # A name such as case:channel reads as a path; its parts make the name again.
    written = ".".join(part.name for part in node.parts)
    return exp.column(exp.to_identifier(own_column(written, events).strip('"'), quoted=True))
