"""Backwards from a value: each answer asks what must be there before; the stream grows beside."""

import re

import pytest
from starlette.testclient import TestClient

KNOWN = """\
stream: Crates
outcome: crate in hand
steps:
  - step: Pack
    value: Goods are safe
    needs: goods
    gives: crate
    work: 5 min
  - step: Deliver
    value: Has the crate
    needs: crate
    gives: crate in hand
    work: 30 min
"""
OTHER = """\
stream: Counter
outcome: crate in hand
steps:
  - step: Hand over
    value: Has the crate at once
    needs: goods
    gives: crate in hand
    work: 2 h
"""
PLACE = "/new/backwards"


@pytest.fixture
def crates(client, folder):
    (folder / "crates.stream.yaml").write_text(KNOWN)
    (folder / "counter.stream.yaml").write_text(OTHER)
    client.app.state.studio.store.refresh()
    return client


def begin(client, *answers):
    """Where the conversation is, after these answers."""
    first = client.post(PLACE, data={"answer": answers[0]}, follow_redirects=False)
    assert first.status_code == 303, first.text
    href = first.headers["location"]
    for answer in answers[1:]:
        said = client.post(href, data={"answer": answer}, follow_redirects=False)
        assert said.status_code == 303, said.text
    return href


def asked(page):
    return re.sub(r"\s+", " ", re.search(r'<h2 id="question">([^<]+)', page)[1]).strip()


def test_nothing_is_begun_before_the_first_answer(crates):
    page = crates.get(PLACE)
    assert asked(page.text) == "What shall the customer hold at the end?"
    assert "crate in hand" in page.text.lower()
    assert "set-cookie" not in page.headers


def test_from_the_outcome_to_a_stream(crates, folder):
    href = begin(crates, "crate in hand", "Receiver", "goods")
    page = crates.get(href).text
    assert asked(page) == "Who gives “crate in hand”?"
    assert "from crates" in page
    assert "from counter" in page
    assert "To be designed" in page  # what is open stands in the picture
    deliver = re.search(r'value="(\d)"[^>]*><b>Deliver', page)[1]
    crates.post(href, data={"answer": deliver})
    page = crates.get(href).text
    assert asked(page) == "Who gives “crate”?"
    assert "Deliver" in re.search(r"<svg[^>]*valuestream.*?</svg>", page, re.DOTALL)[0]
    crates.post(href, data={"answer": re.search(r'value="(\d)"[^>]*><b>Pack', page)[1]})
    page = crates.get(href).text
    assert asked(page) == "Which stream shall it be?"
    made = crates.post(
        f"{href}/make", data={"name": "To the door", "take": "0"}, follow_redirects=False
    )
    assert made.headers["location"] == "/streams/to-the-door"
    stream = crates.app.state.studio.stream("to-the-door").stream
    assert [s.step for s in stream.steps] == ["Pack", "Deliver"]
    assert (stream.customer, stream.stream) == ("Receiver", "To the door")
    assert crates.get(href, follow_redirects=False).headers["location"] == "/streams/to-the-door"


def test_streams_to_choose_from_by_steps_and_by_time(crates):
    href = begin(crates, "crate in hand", "Receiver", "goods", "rest")
    steps = crates.get(href).text
    assert re.findall(r"<b>(\d) steps?</b>", steps) == ["1", "2"]
    crates.post(f"{href}/by", data={"by": "time"})
    by_time = crates.get(href).text
    assert re.findall(r"<b>(\d) steps?</b>", by_time) == ["2", "1"]
    crates.post(f"{href}/make", data={"name": "Fast", "take": "1"})
    stream = crates.app.state.studio.stream("fast").stream
    assert [s.step for s in stream.steps] == ["Hand over"]


def test_a_new_step_what_the_customer_brings_and_what_is_to_be_designed(crates):
    href = begin(
        crates,
        "a signed receipt",
        "Receiver",
        "",
        "new",
        "Sign",
        "Driver",
        "A proof",
        "pen, crate",
    )
    assert asked(crates.get(href).text) == "Who gives “crate”?"
    crates.post(href, data={"answer": "open"})
    assert asked(crates.get(href).text) == "Who gives “pen”?"
    crates.post(href, data={"answer": "brings"})
    page = crates.get(href).text
    assert "To be designed: what gives crate" in page
    crates.post(f"{href}/make", data={"name": "Receipts"})
    stream = crates.app.state.studio.stream("receipts").stream
    assert [s.step for s in stream.steps] == ["To be designed (crate)", "Sign"]
    assert stream.steps[1].by == ("Driver",)


def test_one_answer_at_a_time_is_taken_back(crates):
    href = begin(crates, "crate in hand", "Receiver", "goods")
    pages = []
    for _ in range(3):
        crates.post(f"{href}/back")
        pages.append(asked(crates.get(href).text))
    assert pages == [
        "What does the customer bring?",
        "Who is the customer?",
        "What shall the customer hold at the end?",
    ]
    crates.post(f"{href}/back")
    assert crates.get(href).status_code == 200


def test_what_is_no_answer_is_said_and_nothing_is_lost(crates):
    assert 'role="alert"' in crates.post(PLACE, data={"answer": " "}).text
    href = begin(crates, "crate in hand", "Receiver", "goods")
    page = crates.post(href, data={"answer": "Paint it"}).text
    assert "none of the answers" in page
    assert asked(page) == asked(crates.get(href).text) == "Who gives “crate in hand”?"
    assert 'role="alert"' in crates.post(href, data={"answer": "x" * 3000}).text


def test_answers_that_contradict_each_other_are_said(crates):
    href = begin(crates, "crate in hand", "Receiver", "crate in hand")
    page = crates.get(href).text
    assert asked(page) == "The answers contradict each other"
    assert 'role="alert"' in page


def test_a_taken_name_is_said(crates):
    href = begin(crates, "crate in hand", "Receiver", "goods", "rest")
    page = crates.post(f"{href}/make", data={"name": "Crates"}).text
    assert "is there already" in page
    assert 'value="Crates"' in page


def test_another_browser_does_not_hear_it(crates):
    href = begin(crates, "crate in hand", "Receiver")
    stranger = TestClient(crates.app, base_url=str(crates.base_url))
    assert stranger.get(href).status_code == 404
    assert stranger.post(href, data={"answer": "x"}).status_code == 404
    assert stranger.post(f"{href}/back").status_code == 404


def test_markup_in_answers_is_shown_as_it_is_written(crates):
    href = begin(crates, "<script>alert(1)</script>", "<b onclick=x>", "")
    page = crates.get(href).text
    assert "alert(1)" in page
    assert "<script>alert" not in page
    assert "<b onclick" not in page
