"""Streams made by hypothesis, with ways that part, run in parallel and go back."""

from hypothesis import strategies as st

from valuestream.model.stream import Change, Scenario, Step, Stream

NAMES = "ABCDEF"


@st.composite
def streams(draw, most=6):
    """Declared streams of two steps and more whose cases come to an end."""
    names = NAMES[: draw(st.integers(2, most))]
    last = len(names) - 1
    steps = []
    for place, name in enumerate(names):
        later = names[place + 1 :]
        step = {
            "step": name,
            "work": f"{draw(st.integers(0, 20))} min",
            "wait": f"{draw(st.integers(0, 60))} min",
            "right": draw(st.sampled_from([None, 0.8, 1.0])),
            "by": draw(st.sampled_from(["Desk", "Lab", []])),
            "value": draw(st.sampled_from([None, f"has {name}", "TODO: what?"])),
            "gives": draw(st.sampled_from([[], [name.lower()]])),
            "needs": draw(st.sampled_from([[], *([n.lower()] for n in names[:place])])),
        }
        forms = ["on", "jump", "parts", "back", "together"] if place < last else ["on"]
        form = draw(st.sampled_from(forms))
        if form == "jump":
            step["then"] = draw(st.sampled_from(later))
        elif form == "parts" and len(later) > 1:
            one, other = draw(st.permutations(later))[:2]
            step["then"] = [{one: "30 %"}, {other: "70 %"}]
        elif form == "back":
            step["then"] = [{draw(st.sampled_from(names[: place + 1])): "10 %"}, later[0]]
        elif form == "together" and len(later) > 2:
            step["then"] = {"together": [later[0], later[1]]}
            # They meet behind the second: the first leads past it.
        steps.append(step)
    for place, step in enumerate(steps[:-2]):
        if isinstance(step.get("then"), dict):
            one, other = step["then"]["together"]
            for name in (one, other):
                branch = next(s for s in steps if s["step"] == name)
                branch["then"] = names[place + 3] if place + 3 <= last else names[last]
    return Stream(stream="S", steps=[Step(**{k: v for k, v in s.items() if v}) for s in steps])


@st.composite
def changed(draw):
    """A stream and one to three changes of its structure."""
    stream = draw(streams())
    names = [step.step for step in stream.steps]
    kinds = st.sampled_from(["remove", "merge_into", "together_with", "automate", "by"])
    changes = []
    for _ in range(draw(st.integers(1, 3))):
        step, other = draw(st.permutations(names))[:2]
        kind = draw(kinds)
        said = {"remove": True, "automate": True, "by": ["Bot"]}.get(kind, other)
        changes.append(Change(step=step, **{kind: said}))
    return stream, Scenario(change=tuple(changes))
