"""Rules found by being there, and what they say of themselves."""

from importlib import import_module
from types import ModuleType

import pytest

from valuestream.model.errors import InputError
from valuestream.review import codes, explain, rules


class Point:
    """An entry point of another package, as importlib.metadata gives it."""

    name, value = "late", "others.late"

    def __init__(self, loads):
        self._loads = loads

    def load(self):
        if isinstance(self._loads, Exception):
            raise self._loads
        return self._loads


def rule_of_others(**names: object) -> ModuleType:
    module = ModuleType("others.late", "What it finds: lateness.")
    has = {"CODE": "VS901", "TITLE": "Late", "SEVERITY": "note", "find": lambda stream, figures: []}
    module.__dict__.update({k: v for k, v in (has | names).items() if v is not None})
    return module


@pytest.fixture
def installed(monkeypatch):
    """Rules as they would be with another package's rule installed."""

    def install(loads):
        package = import_module("valuestream.review.rules")
        monkeypatch.setattr(package, "entry_points", lambda group: [Point(loads)])
        rules.cache_clear()
        return rules

    yield install
    rules.cache_clear()


def test_codes_are_those_of_the_rules_in_order():
    assert codes() == tuple(sorted(rule.code for rule in rules()))


@pytest.mark.parametrize("code", codes())
def test_a_page_begins_with_the_code_and_the_title(code):
    rule = next(rule for rule in rules() if rule.code == code)
    assert explain(code).startswith(f"{code}: {rule.title}\n\nWhat it finds: ")
    assert explain(f" {code.lower()} ") == explain(code)


def test_an_unknown_code_names_the_nearest():
    with pytest.raises(InputError, match="no rule has the code 'VS3O1'; did you mean 'VS301'"):
        explain("VS3O1")


def test_another_packages_rule_is_one_like_ours(installed):
    assert installed(rule_of_others())()[-1].code == "VS901"
    assert explain("VS901") == "VS901: Late\n\nWhat it finds: lateness."


@pytest.mark.parametrize(
    ("loads", "says"),
    [
        (
            ImportError("no module named x"),
            "'late' .others.late. cannot be loaded: no module named x",
        ),
        (
            rule_of_others(SEVERITY=None, find=None),
            "'others.late' is no rule: it has no SEVERITY, find",
        ),
        (
            rule_of_others(CODE="VS101"),
            "two rules have the code VS101: 'A step without value' and 'Late'",
        ),
    ],
    ids=["cannot be loaded", "is no rule", "takes a code of ours"],
)
def test_another_packages_faulty_rule_is_said_and_how_to_get_rid_of_it(installed, loads, says):
    with pytest.raises(InputError, match=f"{says}.*uninstall"):
        installed(loads)()
