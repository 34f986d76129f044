"""What holds for every picture: all views, all themes, all samples."""

import re
from itertools import combinations
from xml.etree import ElementTree

import pytest
from drawn_samples import SAMPLES, a_line

from valuestream.draw import DrawError, draw, views
from valuestream.draw.scene import Box, Group, Rect, Scene, groups, texts
from valuestream.draw.views import flow, roles, timeline

SVG = "{http://www.w3.org/2000/svg}"
VIEWS = {"timeline": timeline, "flow": flow, "roles": roles}


@pytest.fixture(params=VIEWS)
def view(request):
    return request.param


@pytest.fixture
def scene(view, sample) -> Scene:
    return VIEWS[view].layout(*sample)


def test_the_views_are_found_by_being_there():
    assert views() == ("timeline", "flow", "roles")


def test_an_unknown_view_names_the_nearest():
    with pytest.raises(DrawError, match="did you mean 'timeline'"):
        draw(a_line(1), "timelime")


@pytest.mark.parametrize("theme", ["light", "dark", "auto"])
def test_every_picture_opens_everywhere(view, sample, theme):
    stream, figures, findings = sample
    picture = draw(stream, view, figures=figures, findings=findings, theme=theme)
    root = ElementTree.fromstring(picture.svg)
    used = {element.tag.removeprefix(SVG) for element in root.iter()}
    allowed = {"svg", "title", "desc", "defs", "linearGradient", "stop", "g", "rect", "circle"}
    assert used <= allowed | {"path", "text"} | ({"style"} if theme == "auto" else set())
    written = picture.svg.replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"href|https?:|@import|data:|url\((?!#)", written)
    assert all(element.get("fill") for element in root.iter(f"{SVG}text"))


def test_a_screen_reader_hears_the_whole_stream(view, sample):
    stream, figures, _ = sample
    root = ElementTree.fromstring(draw(stream, view, figures=figures).svg)
    assert root.get("role") == "img"
    named = root.get("aria-labelledby").split()
    said = {e.get("id"): e.text for e in root if e.get("id")}
    assert all(said[name] for name in named)
    for step in stream.steps:
        assert " ".join(step.step.split()) in said[named[1]]


def test_each_step_is_a_group_that_names_its_key(view, sample):
    stream, figures, _ = sample
    root = ElementTree.fromstring(draw(stream, view, figures=figures).svg)
    keys = {e.get("data-step") for e in root.iter(f"{SVG}g") if e.get("class") == "vs-step"}
    assert keys == {step.key for step in stream.steps}


def test_no_text_leaves_its_box(scene):
    for group in groups(scene.nodes):
        for text in (n for n in texts(group.nodes) if group.room):
            assert group.room.holds(text.rect, by=1.0), (group.kind, text.text)


def test_no_text_leaves_the_page(scene):
    page = Rect(0, 0, scene.width, scene.height)
    for text in texts(scene.nodes):
        assert page.holds(text.rect), text.text


def test_no_two_texts_overlap(scene):
    written = [text for text in texts(scene.nodes) if text.text]
    for one, other in combinations(written, 2):
        assert not one.rect.overlaps(other.rect, by=2.0), (one.text, other.text)


def rooms(scene: Scene, *kinds: str) -> list[Rect]:
    return [g.room for g in groups(scene.nodes) if g.kind in kinds and g.room]


def test_no_two_boxes_overlap(scene):
    boxes = rooms(scene, "value", "work", "pill", "finding", "legend", "header", "ribbon")
    for one, other in combinations(boxes, 2):
        assert not one.overlaps(other, by=0.5), (one, other)


def test_the_same_stream_gives_the_same_picture(view, sample):
    stream, figures, findings = sample
    once = draw(stream, view, figures=figures, findings=findings)
    assert once.svg == draw(stream, view, figures=figures, findings=findings).svg


def test_two_pictures_on_a_page_share_no_id():
    stream = SAMPLES["measured"][0]
    both = [ElementTree.fromstring(draw(stream, view).svg) for view in views()]
    ids = [{e.get("id") for e in root.iter() if e.get("id")} for root in both]
    assert not ids[0] & ids[1]


def test_long_streams_keep_the_shape_of_a_page(view):
    for steps in (12, 40):
        scene = VIEWS[view].layout(a_line(steps))
        assert 0.5 < scene.width / scene.height < 3.5


def test_words_are_not_lost_in_a_box_of_moderate_texts():
    stream, figures, _ = SAMPLES["measured"]
    shown = " ".join(text.text for text in texts(timeline.layout(stream, figures).nodes))
    for step in stream.steps:
        assert step.step in shown
        for words in (step.value.receives, step.does or ""):
            assert all(word in shown for word in words.split())


def test_what_is_cut_is_whole_in_the_title():
    long = SAMPLES["long words"][0]
    values = list(groups(timeline.layout(long).nodes, "value"))
    assert values[1].title == "W" * 2000
    assert any(text.text.endswith("…") for text in texts(values[1].nodes))


def test_boxes_are_inside_the_page(scene):
    page = Rect(0, 0, scene.width, scene.height)

    def walk(nodes):
        for node in nodes:
            if isinstance(node, Group):
                walk(node.nodes)
            elif isinstance(node, Box):
                assert page.holds(node.rect), node

    walk(scene.nodes)
