"""Every key of the texts: what it means, and an example of what stands behind it."""

from typing import NamedTuple


class Key(NamedTuple):
    """What a key means, and examples of its value (as the text's data)."""

    meaning: str
    examples: tuple[object, ...] = ()


ELEMENTS = {
    "Stream": (
        "the stream",
        "A value stream: the steps from a customer's first request to the "
        "last interaction, with the value that each gives the customer.",
    ),
    "Step": ("a step", "One part of the stream: its name, who does it, the value it gives."),
    "Occurrence": ("an event", "Events of a log: all that is written must hold of them."),
    "Value": ("a value", "What the customer receives from a step, and what is promised."),
    "Work": ("work", "How the duration of a step's work is spread."),
    "Arrivals": ("arrivals", "How many requests come, and how they are spread."),
    "Scenario": ("a scenario", "A named set of changes to the stream."),
    "Information": ("a flow of information", "Who tells whom what to do, and by what."),
    "Change": ("a change", "What a scenario changes at one step."),
    "Delivery": ("a delivery", "What a developmental stream delivered on a day."),
    "Goals": ("the goals", "An objective and the key results that tell whether it is reached."),
    "KeyResult": ("a key result", "A figure of a stream that must go from here to there."),
    "CheckIn": ("a check-in", "What was said of a key result on a day."),
    "Phase": ("a phase", "A target on the way."),
    "Answers": ("the design", "From what a stream is designed, from its outcome backwards."),
    "Workspace": ("the workspace", "What the streams of a folder share."),
    "Calendar": ("a calendar", "When people work."),
    "Role": ("a role", "A participant: how many there are, what an hour costs."),
    "Process": ("a process", "A business process, and the capability that it makes use of."),
    "Log": ("a log", "An event log, and the columns that are not recognised by themselves."),
}
"""The name of each element in a sentence, and what it is."""

_CHANGED = {
    "people": Key("how many people do it", (2, "1, 2 from 15:00 to 18:00")),
    "work": Key(
        "how long the work takes: always that, a guess with its range, or a distribution",
        ("4 min", "3 to 8 min", {"distribution": "exponential", "mean": "6 min"}),
    ),
    "wait": Key("how long a case waits before it", ("10 min",)),
    "right": Key("the share of the visits that are complete and accurate", ("86 %", 0.86)),
    "then": Key(
        "the ways on, where they are not simply the next step",
        (
            "Check-out",
            {"Refuse": "20 %", "Approve": "80 %"},
            [{"Repair": "5 %"}, "Hand over"],
            {"together": ["Pack", "Invoice"]},
        ),
    ),
}
_EVENT = ("Order placed", ["Order *", {"activity": "Order", "where": "channel = 'web'"}])
_TIME_ZONE = Key("the zone of its times, by its IANA name", ("Europe/Lisbon",))

KEYS: dict[str, dict[str, Key]] = {
    "Stream": {
        "stream": Key("its name", ("Hotel check-in",)),
        "id": Key(
            "a stable name for links; made from the name where it is not set", ("hotel-check-in",)
        ),
        "kind": Key("whether it gives customers value or builds such steps", ("operational",)),
        "customer": Key("who makes the request and receives the value", ("Guest",)),
        "supplier": Key(
            "who supplies what it works on, where that is not the customer", ("Laundry",)
        ),
        "why": Key("why it exists", ("Guests choose us again after an easy arrival",)),
        "request": Key("what starts it", ("The morning of arrival",)),
        "outcome": Key("the value that the customer holds at its end", ("Settled in a room",)),
        "calendar": Key("when people work: a name in valuestream.yaml", ("front office",)),
        "log": Key("its event log: a name in valuestream.yaml, or a file", ("stays.csv",)),
        "from": Key("the events that start its clock, where the first visit does not", _EVENT),
        "to": Key("the events that stop its clock and complete a case", _EVENT),
        "arrivals": Key(
            "how many requests come",
            ("80 per day", {"rate": "8 per hour", "distribution": "constant"}),
        ),
        "steps": Key(
            "the steps, in the order in which a customer meets them",
            ([{"step": "Check-in", "value": "Has the key"}],),
        ),
        "information": Key(
            "who tells whom what to do: steps, the customer, the supplier, or who steers the work",
            ([{"from": "Guest", "to": "Reservations", "by": "e-mail", "how": "electronic"}],),
        ),
        "scenarios": Key(
            "named changes", ({"second desk": {"change": [{"step": "Check-in", "people": 2}]}},)
        ),
        "deliveries": Key(
            "on a developmental stream: what it delivered",
            ([{"on": "2026-03-09", "what": "Key cards"}],),
        ),
    },
    "Step": {
        "step": Key("its name", ("Check-in at the desk",)),
        "id": Key("a stable name for links; made from the name where it is not set", ("desk",)),
        "does": Key("what is done", ("Greets and checks in",)),
        "by": Key("the participants: roles that take part", ("Reception", ["Bell desk", "Valet"])),
        "process": Key("the business processes behind it", ("Front office",)),
        "value": Key(
            "what the customer receives, in the customer's words",
            (
                "Has the key",
                {"receives": "Has the key", "promise": "within 10 min", "keep": "90 %"},
            ),
        ),
        "needs": Key("what must be there before it", ("booking",)),
        "gives": Key("what is there after it", (["room key", "map"],)),
        "end": Key("whether a case that came here is completed; by default the last step", (True,)),
        "events": Key(
            "the activities of the log that belong to it, where they differ from its name",
            (
                ["check-in"],
                "Check *",
                [{"activity": "Check *", "where": "channel = 'web'"}],
                {"activity": "Check", "lifecycle": "suspend"},
            ),
        ),
        "from": Key("the events that start a visit, where it lasts from one to another", _EVENT),
        "to": Key("the events that end a visit that 'from' started", _EVENT),
        "states": Key(
            "where the log records which state a case enters: those of this step",
            (["In progress"],),
        ),
        **_CHANGED,
        "uptime": Key(
            "the share of the time in which what it works with can be used", ("95 %", 0.95)
        ),
        "changeover": Key(
            "how long it takes to turn from one kind of case to another", ("10 min",)
        ),
        "supplied": Key(
            "how work comes to it from its supplying process: push, pull, supermarket or fifo",
            ("fifo",),
        ),
        "cost": Key("what it costs: by the hour of work, or by the visit", ("12 EUR/h", "3 EUR")),
        "adds": Key(
            "whether it is value-adding (value), not so but needed, by law say (necessary), or "
            "neither (nothing)",
            ("necessary",),
        ),
        "waste": Key("the wastes seen in it", (["waiting", "defects"],)),
        "sub-steps": Key("steps within it", ([{"step": "Hand over the key"}],)),
        "detailed in": Key("the stream that details it", ("Hotel check-in",)),
        "develops": Key(
            "on a developmental stream: the operational steps that it builds",
            ("hotel-check-in / Check-in at the desk",),
        ),
    },
    "Occurrence": {
        "activity": Key("the activity; '*' stands for any letters", ("Check *",)),
        "lifecycle": Key("what the log's lifecycle says; an instant then", ("suspend",)),
        "where": Key("an SQL expression over the log's columns", ("channel = 'web'",)),
    },
    "Value": {
        "receives": Key("what the customer receives, in the customer's words", ("Has the key",)),
        "promise": Key(
            "what is promised of each visit: a limit on time, or a condition",
            ("within 15 min", "within 2 d of the request", "rating >= 4"),
        ),
        "keep": Key("the share of the visits that should keep the promise", ("90 %",)),
    },
    "Work": {
        "distribution": Key("its shape", ("lognormal",)),
        "mean": Key("the mean", ("6 min",)),
        "sd": Key("the standard deviation", ("4 min",)),
        "min": Key("the least", ("2 min",)),
        "mode": Key("the most frequent", ("5 min",)),
        "max": Key("the most", ("20 min",)),
        "values": Key("durations seen; each is as likely as the others", (["4 min", "6 min"],)),
        "guess": Key("whether it is a person's estimate", (True,)),
    },
    "Arrivals": {
        "rate": Key("how many come in a time", ("80 per day",)),
        "distribution": Key("at random (exponential) or evenly (constant)", ("constant",)),
    },
    "Scenario": {
        "why": Key("what it is good for", ("The desk holds most of the waiting",)),
        "arrivals": Key("how many requests come then", ("120 per day",)),
        "change": Key("what differs at which steps", ([{"step": "Check-in", "people": 2}],)),
    },
    "Information": {
        "from": Key("who tells it: a step, the customer, the supplier, or another", ("Guest",)),
        "to": Key("who is told", ("Reservations",)),
        "by": Key("what carries it", ("e-mail",)),
        "how": Key("whether it travels electronically or by hand", ("electronic",)),
    },
    "Change": {
        "step": Key("the step that it changes", ("Check-in at the desk",)),
        **_CHANGED,
        "by": Key("the participants that do it then", ("Reception",)),
        "remove": Key("whether the step falls away", (True,)),
        "merge into": Key("the neighbour that does its work, too", ("Check-in at the desk",)),
        "together with": Key(
            "the neighbour that is done at the same time", ("Check-in at the desk",)
        ),
        "automate": Key("whether nobody does it any more: no work unless it is said", (True,)),
    },
    "Delivery": {
        "on": Key("the day", ("2026-03-09",)),
        "what": Key("what was delivered", ("Key cards are tested at the desk",)),
        "changes": Key("the steps that it changes", ("hotel-check-in / Check-in at the desk",)),
    },
    "Goals": {
        "objective": Key("what is to be reached", ("Arrivals that guests love",)),
        "owner": Key("who sees to it", ("Front office manager",)),
        "period": Key("when: a year, half, quarter or month, else words", ("2026-Q2",)),
        "why": Key("why it matters", ("Guests choose us again",)),
        "key results": Key(
            "the figures that tell whether it is reached",
            ([{"key result": "Half the lead time", "measure": "hotel-check-in / lead_time.p85"}],),
        ),
    },
    "KeyResult": {
        "key result": Key("it in a sentence", ("Half the time from arrival to the room",)),
        "measure": Key("the path of the figure", ("hotel-check-in / lead_time.p85",)),
        "kind": Key(
            "reach, increase, decrease, stay above or stay below, where it does not follow",
            ("reach",),
        ),
        "from": Key("the baseline; measured where it is not set", ("1 h 12 min",)),
        "to": Key("the target", ("40 min",)),
        "start": Key(
            "the day of the baseline; by default the first of the period", ("2026-04-01",)
        ),
        "by": Key(
            "the day by which it is reached; by default the last of the period", ("2026-06-30",)
        ),
        "stay above": Key("what it must not fall to", ("90 %",)),
        "stay below": Key("what it must not rise to", ("8 EUR",)),
        "owner": Key("who sees to it", ("Front office manager",)),
        "phases": Key("targets on the way", ([{"by": "2026-05-31", "to": "55 min"}],)),
        "check-ins": Key("what was said of it", ([{"on": "2026-04-20", "confidence": 0.6}],)),
    },
    "CheckIn": {
        "on": Key("the day", ("2026-04-20",)),
        "confidence": Key("how sure it is that the target will be reached", ("60 %", 0.6)),
        "note": Key("what was said", ("Second desk opens in May",)),
    },
    "Phase": {
        "by": Key("the day", ("2026-05-31",)),
        "to": Key("the target of that day", ("55 min",)),
    },
    "Answers": {
        "design": Key("the name of the stream that is designed", ("Dinner in the room",)),
        "outcome": Key("what the customer is to hold at the end", ("dinner at the table",)),
        "customer": Key("who makes the request and receives the value", ("Guest",)),
        "request": Key("what starts it", ("A call from the room",)),
        "brings": Key("what the customer brings", (["room number", "wish"],)),
        "smallest by": Key("what is to be the least: steps, time or cost", ("time",)),
        "choices": Key(
            "the step that is to give a thing, where that is settled",
            ({"room key": "hotel-check-in / Check-in at the desk"},),
        ),
        "steps": Key(
            "new steps, which no stream has yet",
            ([{"step": "Print the menu", "gives": "menu", "value": "Knows what there is"}],),
        ),
    },
    "Workspace": {
        "workspace": Key("its name", ("Grand Hotel",)),
        "time zone": _TIME_ZONE,
        "calendar": Key(
            "when people work, where a stream does not say otherwise: one of 'calendars'",
            ("office",),
        ),
        "customers": Key("the customers that its streams serve", (["Guest"],)),
        "calendars": Key("when people work, by name", ({"desk": {"days": "Mon-Sun"}},)),
        "roles": Key("the participants, by name", ({"Reception": {"people": 1}},)),
        "logs": Key("the event logs, by name", ({"stays": {"file": "stays.csv"}},)),
        "processes": Key(
            "the business processes, by name, and the capability that each makes use of",
            ({"Front office": "Reception of guests"},),
        ),
    },
    "Calendar": {
        "days": Key("the days of the week", ("Mon-Fri", "Mon, Wed, Sat")),
        "hours": Key("the hours; several shifts are a list", ("09:00-17:30",)),
        "holidays": Key("a country's code, or a list of days", ("PT", ["2026-12-24"])),
        "time zone": _TIME_ZONE,
    },
    "Role": {
        "people": Key("how many there are", (2, "1, 2 from 15:00 to 18:00")),
        "cost": Key("what an hour costs", ("18 EUR/h",)),
        "calendar": Key("when they work: a name under 'calendars'", ("front office",)),
    },
    "Process": {
        "capability": Key("the capability that it makes use of", ("Reception of guests",)),
        "owner": Key("who answers for it", ("Front office manager",)),
    },
    "Log": {
        "file": Key("its file, seen from the folder of valuestream.yaml", ("stays.csv",)),
        "case": Key("the column that names the case", ("stay_id",)),
        "activity": Key("the column that names the activity", ("activity",)),
        "start": Key("the column of the start", ("started_at",)),
        "end": Key("the column of the end", ("finished_at",)),
        "resource": Key("the column that names who did it", ("employee",)),
        "time zone": _TIME_ZONE,
        "time format": Key(
            "how times are written that are not ISO 8601", ("day first", "%d.%m.%y %H:%M")
        ),
    },
}
"""By element, by key as the text writes it."""
