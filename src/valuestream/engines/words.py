"""SQL in DuckDB's dialect, said in the words of PostgreSQL and of Spark.

SQLGlot translates; what it leaves or gets wrong is mended here, function by function, and each is
tested by equal figures on the three engines.
"""

from collections.abc import Callable
from functools import cache

from sqlglot import exp, parse_one

_NUMBER = r"^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$"


@cache
def postgresql(query: str) -> str:
    """A query in PostgreSQL's words."""
    return _said(query, "postgres", _for_postgresql)


@cache
def spark(query: str) -> str:
    """A query in Spark's words."""
    return _said(query, "spark", _for_spark)


def _said(query: str, dialect: str, rule: Callable[[exp.Expr], exp.Expr]) -> str:
    tree = parse_one(query, read="duckdb").transform(rule)
    return tree.sql(dialect, identify=True)


def _for_postgresql(node: exp.Expr) -> exp.Expr:
    match _function(node):
        case "hash":
            # 64 bits, as everywhere: the 32-bit hashes of other names meet at 100,000 cases.
            text = exp.cast(node.expressions[0], "text")
            return exp.func("hashtextextended", text, exp.Literal.number(0))
        case "epoch_us":
            seconds = exp.Extract(this=exp.var("epoch"), expression=node.expressions[0])
            return exp.cast(exp.paren(seconds * 1_000_000), "bigint")
    if isinstance(node, exp.TryCast):
        is_number = exp.RegexpLike(
            this=exp.cast(node.this, "text"), expression=exp.Literal.string(_NUMBER)
        )
        return exp.Case().when(is_number, exp.cast(node.this.copy(), node.to))
    return node


def _for_spark(node: exp.Expr) -> exp.Expr:
    match _function(node):
        case "hash":
            return exp.func("xxhash64", exp.cast(node.expressions[0], "text"))
        case "epoch_us":
            return exp.func("unix_micros", exp.cast(node.expressions[0], "timestamptz"))
    if isinstance(node, exp.PercentileCont):
        return exp.func("percentile", node.this, node.expression)
    if isinstance(node, exp.Sum) and not isinstance(node.this, exp.Cast):
        # A sum of integers overflows, which Spark takes for an error.
        return exp.Sum(this=exp.cast(node.this, "decimal(38, 0)"))
    if isinstance(node, exp.ArrayAgg):
        return _ordered_list(node)
    return node


def _ordered_list(node: exp.ArrayAgg) -> exp.Expr:
    """`list(x ORDER BY y)`: Spark collects in no order, and sorts pairs by their first part."""
    value, place = node.this.this, node.this.expressions[0].this
    pair = exp.func("struct", exp.alias_(place, "place"), exp.alias_(value, "value"))
    pairs = exp.func("sort_array", exp.func("collect_list", pair))
    return exp.Dot(this=pairs, expression=exp.to_identifier("value"))


def _function(node: exp.Expr) -> str:
    return node.name.lower() if isinstance(node, exp.Anonymous) else ""
