"""What changed on a page since another one, sent in parts."""

import re

import pytest
from studio_made import NAME

from valuestream.studio.parts import CLOSE, END, ITEM, Part, Parted, in_parts, part

PAGE = f"/streams/{NAME}"
PARTIAL = re.compile(
    r'<hx-partial hx-target="([^"]+)" hx-swap="(\w+)[^"]*">(.*?)</hx-partial>\n', re.S
)


def tag(page):
    return re.search(r'id="state"[^>]* data-tag="(\w+)"', page).group(1)


def swaps(text):
    return PARTIAL.findall(text)


def page(items, start="<ol>", frame="<p>", panel="a"):
    listed = "".join(f"{ITEM}<li>{item}</li>" for item in items)
    return Parted.of(
        f"{frame}{part('ol')}{start}{listed}{CLOSE}</ol>{END}and"
        f"{part('#panel')}<i id=panel>{panel}</i>{END}</p>"
    )


def patched(before, text):
    """A list of items after swaps, as htmx does them: places are those of before."""
    after, gone, added = list(before), set(), []
    for target, how, html in swaps(text):
        found = re.findall(r"<li>(.*?)</li>", html)
        at = re.fullmatch(r"ol &gt; :nth-child\((\d+)\)", target)
        if how == "beforeend":
            added += found
        elif how == "delete":
            gone.add(int(at[1]) - 1)
        elif at:
            after[int(at[1]) - 1] = found[0]
    return [item for n, item in enumerate(after) if n not in gone] + added


@pytest.mark.parametrize("after", ["abc", "abd", "ab", "", "abcde", "cab", "xyz12"])
def test_parts_make_the_one_list_of_the_other(after):
    text = page(after).since(page("abc"))
    assert patched("abc", text) == list(after)
    assert ("panel" in text) is False


def test_a_part_that_is_no_list_goes_whole_and_so_does_a_list_with_another_start():
    assert swaps(page("a", panel="b").since(page("a"))) == [
        ("#panel", "outerMorph", "<i id=panel>b</i>")
    ]
    assert swaps(page("ab", start="<ol class=x>").since(page("a"))) == [
        ("ol", "outerMorph", "<ol class=x><li>a</li><li>b</li></ol>")
    ]


def test_a_page_with_another_frame_is_sent_whole():
    assert page("a", frame="<q>").since(page("a")) is None
    assert Parted((), ()).since(page("a")) is None


def test_marks_are_nowhere_in_what_is_sent_and_can_not_be_written():
    forged = page(["<!--0123456789abcdef+-->"])
    assert len(forged.parts[0].items) == 1
    assert str(ITEM)[:12] not in forged.html


def test_a_picture_is_taken_apart_at_its_shapes():
    svg = '<svg a="b">\n<title>T</title>\n<g>\n<g id="1">\n<path/>\n</g>\n</g>\n<rect/>\n</svg>\n'
    whole = Parted.of(f"{part('svg')}{in_parts(svg)}{END}")
    assert whole.html == svg
    assert whole.parts[0] == Part(
        "svg",
        '<svg a="b">\n',
        ("<title>T</title>\n", '<g>\n<g id="1">\n<path/>\n</g>\n</g>\n', "<rect/>\n"),
        "</svg>\n",
    )


def test_whoever_has_a_page_is_sent_what_changed_and_nothing_where_nothing_did(client, hotel):
    first = client.get(PAGE).text
    has = {"X-Has": tag(first)}
    assert client.get(PAGE, headers=has).status_code == 204
    hotel.set(None, "customer", "Traveller")
    answer = client.get(PAGE, headers=has)
    assert answer.headers["cache-control"] == "no-store"
    targets = [target for target, _, _ in swaps(answer.text)]
    assert "#state" in targets
    assert "#panel" in targets
    assert "Traveller" in answer.text
    assert "<html" not in answer.text
    assert len(answer.text) < len(first)
    assert tag(answer.text) == tag(client.get(PAGE).text)


def test_a_page_that_nobody_knows_any_more_is_answered_by_the_whole(client):
    answer = client.get(PAGE, headers={"X-Has": "of-yesterday"})
    assert "<html" in answer.text


def test_another_step_and_another_stream_are_told_apart(client):
    has = {"X-Has": tag(client.get(PAGE).text)}
    step = client.get(f"{PAGE}?step=check-in-at-the-desk", headers=has).text
    assert "<html" not in step
    assert "#panel" in [target for target, _, _ in swaps(step)]
    assert "<html" in client.get("/", headers=has).text
