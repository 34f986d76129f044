"""The rules that read a stream and its figures, and what they find."""

from valuestream.review.pages import codes, explain
from valuestream.review.review import lacking, lacking_between, review
from valuestream.review.rules import Rule, rules

__all__ = ["Rule", "codes", "explain", "lacking", "lacking_between", "review", "rules"]
