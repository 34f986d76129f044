"""Workspaces of any size, made with fixed seeds: the hotel first, then whatever comes."""

from random import Random
from typing import Any

from valuestream.model.stream import Stream
from valuestream.model.system import System

SUBJECTS = ("Booking", "Claim", "Order", "Loan", "Permit", "Repair", "Delivery", "Tour", "Refund")
ACTS = ("Ask", "Check", "Decide", "Prepare", "Confirm", "Pack", "Send", "Welcome", "Explain")
OBJECTS = ("the request", "all documents", "at the desk", "with the supplier", "in the depot")
CUSTOMERS = ("Guest", "Tenant", "Patient", "Buyer of spare parts", "Town", "Traveller")
RECEIVES = (
    "Knows what comes next and when",
    "Has it in writing",
    "Need not ask twice",
    "Holds what was asked for, ready to use",
    "Is sure that nothing is missing",
)
ROLES = ("Front office", "Back office", "Field team", "Depot", "Experience team")
WORK = ("Design", "Platform", "Training", "Tooling", "Quality", "Data", "Methods", "Facilities")


def stream(name: str, steps: list[dict[str, Any]], **more: Any) -> Stream:
    return Stream.model_validate({"stream": name, "steps": steps, **more})


HOTEL = stream(
    "Hotel check-in",
    [
        {"step": "Welcome e-mail", "by": "Reservations", "process": "Booking",
         "value": "Has every detail of the stay at the top of the inbox"},
        {"step": "Valet and bellhop", "by": "Bell desk", "process": "Arrival",
         "value": "Need not look for parking nor carry luggage"},
        {"step": "Check-in at the desk", "by": "Reception", "process": "Front office",
         "value": {"receives": "Learns of amenities and services without having to ask",
                   "promise": "within 10 min of arriving at the desk", "keep": "90 %"},
         "work": "6 min", "wait": "14 min"},
        {"step": "Luggage to the room", "by": "Bell desk", "process": "Arrival"},
        {"step": "Welcome to the room", "by": "Housekeeping", "process": "Rooms",
         "value": "Relaxes in a neat room, knowing all that is on offer"},
    ],
    customer="Guest",
)  # fmt: skip
BREAKFAST = stream(
    "Breakfast",
    [
        {"step": "Find a table", "by": "Restaurant", "process": "Dining",
         "value": "Sits where the day begins well"},
        {"step": "Serve", "by": "Restaurant", "process": "Dining", "value": "Has what I like, warm"},
        {"step": "Clear the table", "by": "Restaurant"},
    ],
    customer="Guest",
)  # fmt: skip
EVENTS = stream(
    "Conference in the house",
    [
        {"step": "Offer", "by": "Sales", "process": "Booking", "value": "Knows the price of all of it"},
        {"step": "Set up the hall", "by": "Events", "process": "Rooms",
         "value": "Finds the hall as agreed"},
        {"step": "Look after it", "by": "Events", "value": "Need not think of coffee nor cables"},
        {"step": "Bill", "by": "Accounting", "process": "Billing",
         "value": "Has one bill that is right"},
    ],
    customer="Organiser",
)  # fmt: skip
EXPERIENCE = stream(
    "Guest experience design",
    [
        {"step": "Understand the finding", "by": "Experience team",
         "value": "The trouble is understood"},
        {"step": "Try it on one desk", "by": "Experience team",
         "develops": "hotel-check-in / Check-in at the desk"},
        {"step": "Roll it out", "by": "Front office manager",
         "develops": ["hotel-check-in / Check-in at the desk", "hotel-check-in / Welcome to the room",
                      "breakfast"]},
    ],
    kind="developmental",
    deliveries=[{"on": "2026-03-09", "what": "Key cards are tested at the desk",
                 "changes": "hotel-check-in / Luggage to the room"}],
)  # fmt: skip
PLATFORM = stream(
    "Booking system",
    [
        {"step": "Plan", "by": "Product"},
        {"step": "Build", "by": "Software", "develops": ["hotel-check-in / Welcome e-mail",
                                                      "Guest experience design / Try it on one desk"]},
        {"step": "Run", "by": "Software", "develops": "conference-in-the-house / Offer"},
    ],
    kind="developmental",
)  # fmt: skip
FIVE = (HOTEL, BREAKFAST, EVENTS, EXPERIENCE, PLATFORM)


def made(streams: int, seed: int = 7, developmental: float = 0.4) -> System:
    """So many streams, that share of them developmental; most steps are built by somebody."""
    random = Random(seed)
    builders = round(streams * developmental)
    served = [_operational(random, number) for number in range(streams - builders)]
    names = [f"{WORK[n % len(WORK)]} {n // len(WORK) + 1}" for n in range(builders)]
    building = [_developmental(random, name, names, served) for name in names]
    return System((*served, *building))


def _operational(random: Random, number: int) -> Stream:
    steps = []
    for at in range(random.randint(3, 8)):
        step: dict[str, Any] = {
            "step": f"{random.choice(ACTS)} {random.choice(OBJECTS)} {at + 1}",
            "by": random.choice(ROLES),
            "process": random.sample([f"Process {n}" for n in range(1, 9)], random.randint(0, 2)),
            "work": f"{random.randint(1, 90)} min",
            "wait": f"{random.randint(1, 900)} min",
        }
        if random.random() < 0.85:
            step["value"] = random.choice(RECEIVES)
        steps.append(step)
    name = f"{SUBJECTS[number % len(SUBJECTS)]} {number // len(SUBJECTS) + 1}"
    return stream(name, steps, customer=CUSTOMERS[number // 3 % len(CUSTOMERS)])


def _developmental(random: Random, name: str, names: list[str], served: list[Stream]) -> Stream:
    steps = []
    for at in range(random.randint(2, 5)):
        step: dict[str, Any] = {"step": f"{random.choice(ACTS)} {at + 1}", "by": ROLES[4]}
        if served and random.random() < 0.6:
            of = random.choice(served)
            step["develops"] = [f"{of.stream} / {random.choice(of.steps).step}"] + (
                [random.choice(served).stream] if random.random() < 0.2 else []
            )
        elif random.random() < 0.2 and (later := names[names.index(name) + 1 :]):
            step["develops"] = random.choice(later)
        steps.append(step)
    return stream(name, steps, kind="developmental")
