"""Backwards from a value: each answer asks what must be there before; the stream grows beside."""

import re

import pytest
from starlette.testclient import TestClient

KNOWN = """\
stream: Parcels
outcome: parcel in hand
steps:
  - step: Pack
    value: Goods are safe
    needs: goods
    gives: parcel
    work: 5 min
  - step: Deliver
    value: Has the parcel
    needs: parcel
    gives: parcel in hand
    work: 30 min
"""
OTHER = """\
stream: Counter
outcome: parcel in hand
steps:
  - step: Hand over
    value: Has the parcel at once
    needs: goods
    gives: parcel in hand
    work: 2 h
"""
PLACE = "/new/backwards"


@pytest.fixture
def parcels(client, folder):
    (folder / "parcels.stream.yaml").write_text(KNOWN)
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


def test_nothing_is_begun_before_the_first_answer(parcels):
    page = parcels.get(PLACE)
    assert asked(page.text) == "What shall the customer hold at the end?"
    assert "parcel in hand" in page.text.lower()
    assert "set-cookie" not in page.headers


def test_from_the_outcome_to_a_stream(parcels, folder):
    href = begin(parcels, "parcel in hand", "Receiver", "goods")
    page = parcels.get(href).text
    assert asked(page) == "Who gives “parcel in hand”?"
    assert "from parcels" in page
    assert "from counter" in page
    assert "To be designed" in page  # what is open stands in the picture
    deliver = re.search(r'value="(\d)"[^>]*><b>Deliver', page)[1]
    parcels.post(href, data={"answer": deliver})
    page = parcels.get(href).text
    assert asked(page) == "Who gives “parcel”?"
    assert "Deliver" in re.search(r"<svg class=.valuestream.*</svg>", page, re.DOTALL)[0]
    parcels.post(href, data={"answer": re.search(r'value="(\d)"[^>]*><b>Pack', page)[1]})
    page = parcels.get(href).text
    assert asked(page) == "Which stream shall it be?"
    made = parcels.post(
        f"{href}/make", data={"name": "To the door", "take": "0"}, follow_redirects=False
    )
    assert made.headers["location"] == "/streams/to-the-door"
    stream = parcels.app.state.studio.stream("to-the-door").stream
    assert [s.step for s in stream.steps] == ["Pack", "Deliver"]
    assert (stream.customer, stream.stream) == ("Receiver", "To the door")
    assert parcels.get(href, follow_redirects=False).headers["location"] == "/streams/to-the-door"


def test_streams_to_choose_from_by_steps_and_by_time(parcels):
    href = begin(parcels, "parcel in hand", "Receiver", "goods", "rest")
    steps = parcels.get(href).text
    assert re.findall(r"<b>(\d) steps?</b>", steps) == ["1", "2"]
    parcels.post(f"{href}/by", data={"by": "time"})
    by_time = parcels.get(href).text
    assert re.findall(r"<b>(\d) steps?</b>", by_time) == ["2", "1"]
    parcels.post(f"{href}/make", data={"name": "Fast", "take": "1"})
    stream = parcels.app.state.studio.stream("fast").stream
    assert [s.step for s in stream.steps] == ["Hand over"]


def test_a_new_step_what_the_customer_brings_and_what_is_to_be_designed(parcels):
    href = begin(
        parcels,
        "a signed receipt",
        "Receiver",
        "",
        "new",
        "Sign",
        "Driver",
        "A proof",
        "pen, parcel",
    )
    assert asked(parcels.get(href).text) == "Who gives “pen”?"
    parcels.post(href, data={"answer": "brings"})
    assert asked(parcels.get(href).text) == "Who gives “parcel”?"
    parcels.post(href, data={"answer": "open"})
    page = parcels.get(href).text
    assert "To be designed: what gives parcel" in page
    parcels.post(f"{href}/make", data={"name": "Receipts"})
    stream = parcels.app.state.studio.stream("receipts").stream
    assert [s.step for s in stream.steps] == ["To be designed (parcel)", "Sign"]
    assert stream.steps[1].by == ("Driver",)


def test_one_answer_at_a_time_is_taken_back(parcels):
    href = begin(parcels, "parcel in hand", "Receiver", "goods")
    pages = []
    for _ in range(3):
        parcels.post(f"{href}/back")
        pages.append(asked(parcels.get(href).text))
    assert pages == [
        "What does the customer bring?",
        "Who is the customer?",
        "What shall the customer hold at the end?",
    ]
    parcels.post(f"{href}/back")
    assert parcels.get(href).status_code == 200


def test_what_is_no_answer_is_said_and_nothing_is_lost(parcels):
    assert 'role="alert"' in parcels.post(PLACE, data={"answer": " "}).text
    href = begin(parcels, "parcel in hand", "Receiver", "goods")
    page = parcels.post(href, data={"answer": "Paint it"}).text
    assert "none of the answers" in page
    assert asked(page) == asked(parcels.get(href).text) == "Who gives “parcel in hand”?"
    assert 'role="alert"' in parcels.post(href, data={"answer": "x" * 3000}).text


def test_answers_that_contradict_each_other_are_said(parcels):
    href = begin(parcels, "parcel in hand", "Receiver", "parcel in hand")
    page = parcels.get(href).text
    assert asked(page) == "The answers contradict each other"
    assert 'role="alert"' in page


def test_a_taken_name_is_said(parcels):
    href = begin(parcels, "parcel in hand", "Receiver", "goods", "rest")
    page = parcels.post(f"{href}/make", data={"name": "Parcels"}).text
    assert "is there already" in page
    assert 'value="Parcels"' in page


def test_another_browser_does_not_hear_it(parcels):
    href = begin(parcels, "parcel in hand", "Receiver")
    stranger = TestClient(parcels.app, base_url=str(parcels.base_url))
    assert stranger.get(href).status_code == 404
    assert stranger.post(href, data={"answer": "x"}).status_code == 404
    assert stranger.post(f"{href}/back").status_code == 404


def test_markup_in_answers_is_shown_as_it_is_written(parcels):
    href = begin(parcels, "<script>alert(1)</script>", "<b onclick=x>", "")
    page = parcels.get(href).text
    assert "alert(1)" in page
    assert "<script>alert" not in page
    assert "<b onclick" not in page
