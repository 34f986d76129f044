"""Streams and figures to draw, each for what is special about it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from valuestream.model.conformance import Conformance, StepConformance, Times
from valuestream.model.figures import (
    UNKNOWN,
    Figures,
    Kept,
    Period,
    Spread,
    StepFigures,
    Transition,
)
from valuestream.model.findings import Finding
from valuestream.model.stream import Stream


def stream(name: str, steps: list[dict[str, Any]], **more: Any) -> Stream:
    return Stream.model_validate({"stream": name, "steps": steps, **more})


def a_line(steps: int) -> Stream:
    written = [
        {
            "step": f"Step {i} of the order",
            "by": "Sales",
            "work": f"{1 + i * 7 % 23} min",
            "wait": f"{i * 37 % 190} min",
            **({} if i % 5 == 3 else {"value": f"Knows where the order is, for the {i}. time"}),
        }
        for i in range(steps)
    ]
    return stream(f"Order in {steps}", written, customer="Buyer", request="Asks", outcome="Has it")


def spoken(name: str, customer: str, rows: list[tuple[str, str, str]]) -> Stream:
    steps = [
        {"step": step, "by": by, "value": value, "work": "3 min", "wait": f"{5 * i} min"}
        for i, (step, by, value) in enumerate(rows)
    ]
    return stream(name, steps, customer=customer, request=rows[0][1], outcome=rows[0][2])


HOTEL = stream(
    "Hotel check-in",
    [
        {"step": "Welcome e-mail", "by": "Reservations", "value": "Has every detail of the stay"},
        {
            "step": "Check-in at the desk",
            "by": "Reception",
            "does": "Greets and tells of the gym",
            "value": {
                "receives": "Learns of amenities without having to ask",
                "promise": "within 10 min of arriving at the desk",
                "keep": "90 %",
            },
            "work": "6 min",
            "wait": "14 min",
            "right": "86 %",
        },
        {"step": "Luggage to the room", "by": "Bell desk", "value": "Is not lost in the hotel"},
    ],
    customer="Guest",
    request="The morning of arrival",
    outcome="Settled in a room I like",
)


def spread(minutes: float) -> Spread:
    return Spread(minutes * 66, minutes * 60, minutes * 120, minutes * 180)


MEASURED = Figures(
    "Hotel check-in",
    "measured",
    (
        StepFigures("Welcome e-mail", 4812, 4812, 0.0, 1.0, spread(1)),
        StepFigures(
            "Check-in at the desk",
            5480,
            4812,
            0.14,
            0.87,
            spread(7),
            spread(15),
            spread(22),
            Kept(0.61, 5480, 0.9),
        ),
        StepFigures("Luggage to the room", 4812, 4812, 0.0, 0.9, spread(3), spread(0)),
    ),
    cases=4812,
    period=Period(datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 3, 30, tzinfo=UTC)),
    lead_time=spread(38),
    process_time=spread(11),
    flow_efficiency=0.29,
    rolled_complete_accurate=0.78,
    transitions=(
        Transition("Welcome e-mail", "Check-in at the desk", 4812, spread(15)),
        Transition("Luggage to the room", "Check-in at the desk", 481, spread(2)),
    ),
)
INSTANTS = Figures(
    "Hotel check-in",
    "measured",
    tuple(
        StepFigures(step.step, 100, 100, 0.0, 1.0, elapsed_time=spread(3120 * i) if i else UNKNOWN)
        for i, step in enumerate(HOTEL.steps)
    ),
    cases=100,
    lead_time=spread(9000),
)
CLAIM = stream(
    "Insurance claim",
    [
        {"step": "Report", "then": [{"Pay": "30 %"}, {"Assess": "60 %"}, {"Reject": "10 %"}]},
        {
            "step": "Assess",
            "then": [
                {"together": ["Inspect", "Ask the police"], "share": "70 %"},
                {"Decide": "30 %"},
            ],
        },
        {"step": "Inspect", "then": "Decide"},
        {"step": "Ask the police", "then": "Decide"},
        {"step": "Decide", "then": [{"Assess": "10 %"}, {"Pay": "80 %"}, {"Reject": "10 %"}]},
        {"step": "Reject", "value": "Knows why", "end": True},
        {"step": "Pay", "value": "Has the money", "then": [{"Pay": "5 %"}], "end": True},
    ],
    customer="Insured",
)
LONG = stream(
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft " * 5,
    [
        {"step": "W" * 1000, "by": ["by " * 300, "x" * 300], "does": "does " * 300},
        {
            "step": "A",
            "value": {
                "receives": "W" * 2000,
                "promise": "within 10 d of arriving " + "somewhere far " * 90,
                "keep": "95 %",
            },
        },
    ],
    customer="Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz " * 9,
    request="x" * 2000,
    outcome="Wort " * 300,
)
ARABIC = spoken(
    "تسجيل الوصول في الفندق",
    "الضيف",
    [
        ("رسالة الترحيب", "الحجوزات", "يجد كل تفاصيل الإقامة في أعلى البريد الوارد"),
        ("تسجيل الوصول Check-in", "الاستقبال", "لا ينتظر أكثر من 12 دقيقة"),
    ],
)
SAMPLES: dict[str, tuple[Stream, Figures | None, tuple[Finding, ...]]] = {
    "measured": (
        HOTEL,
        MEASURED,
        (Finding("VS1", "warning", "Guests wait.", "Add a receptionist.", costs={"share": 0.4}),),
    ),
    "conformance": (
        HOTEL,
        replace(
            MEASURED,
            conformance=Conformance(
                *(0.91, 0.92, 100, 61, 3, 3, 4, 4),
                tuple(StepConformance(step.step, *[Times(20, 30)] * 4) for step in HOTEL.steps),
                *((), ()),
            ),
        ),
        (),
    ),
    "declared": (HOTEL, None, ()),
    "instants": (HOTEL, INSTANTS, ()),
    "nothing known": (stream("Nothing", [{"step": "First"}, {"step": "Second"}]), None, ()),
    "1 step": (a_line(1), None, ()),
    "5 steps": (a_line(5), None, ()),
    "12 steps": (a_line(12), None, ()),
    "40 steps": (a_line(40), None, ()),
    "branches, loops, parallel": (CLAIM, None, ()),
    "long words": (LONG, None, ()),
    "Cyrillic": (
        spoken("Заселение", "Гость", [("Письмо", "Отдел", "Все сведения под рукой")]),
        None,
        (),
    ),
    "Greek": (
        spoken("Άφιξη", "Πελάτης", [("Μήνυμα", "Κρατήσεις", "Έχει κάθε λεπτομέρεια")]),
        None,
        (),
    ),
    "Arabic": (ARABIC, None, ()),
    "Hebrew": (spoken("צ'ק-אין", "האורח", [("דלפק (קבלה)", "קבלה", "לומד על השירותים")]), None, ()),
    "Chinese": (
        spoken(
            "酒店入住",
            "客人",
            [("前台办理入住", "前台", "无需询问即可了解设施和服务（洗衣、健身房）")],
        ),
        None,
        (),
    ),
    "emoji": (
        spoken("Check-in 🏨", "Guest 👩‍👩‍👧", [("Desk 🧑‍💼", "👋🏽", "Learns ❤️‍🔥 🇵🇹")]),
        None,
        (),
    ),
}
