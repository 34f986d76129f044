"""The codes of faults in texts. A code never changes its meaning."""

from collections.abc import Mapping
from typing import NamedTuple


class Explanation(NamedTuple):
    """What a code means, why it matters, what to do, and an example (wrong, then right)."""

    title: str
    means: str
    matters: str
    remedy: str
    example: str = ""


FAULTS: dict[str, Explanation] = {
    "VS001": Explanation(
        "the file cannot be read",
        "There is nothing at the path, or it is a folder, or you may not read it.",
        "A file that is left out in silence would leave its stream out of every picture.",
        "Look at the path and at the file's permissions.",
    ),
    "VS002": Explanation(
        "the file is too large",
        "A text has at most 1 MiB, which holds several thousand steps.",
        "A larger one is most likely an event log, or no text at all.",
        "Split the stream by 'detailed in'; keep events in a log and name it by 'log:'.",
    ),
    "VS003": Explanation(
        "the file is no text",
        "It holds zero bytes, as pictures, archives and office documents do.",
        "Nothing in it can be read as a stream.",
        "Name the text file; 'valuestream convert' reads other tools' formats.",
    ),
    "VS004": Explanation(
        "the text is not UTF-8",
        "Its bytes are those of another encoding, such as UTF-16 or Latin-1.",
        "Guessing the encoding would change letters in silence.",
        "Save it as UTF-8, in the editor's 'Save as' or 'Encoding'. A byte order mark is kept.",
    ),
    "VS005": Explanation(
        "the file is empty",
        "It holds nothing, or nothing but comments.",
        "A stream has at least a name and a step.",
        "Write a stream, or start from a template: valuestream new NAME --template blank.",
        "stream: Hotel check-in\nsteps:\n  - step: Welcome e-mail",
    ),
    "VS006": Explanation(
        "the text is no YAML",
        "A text is written in YAML, and the reader cannot go on at this place.",
        "What stands behind the place is not looked at.",
        "Compare the line with those above it: the blanks before it, a missing colon, quotes or "
        "brackets that are not closed. A text that holds ': ' or ' #' needs quotes.",
        "value: Learns: where to go        # wrong\nvalue: 'Learns: where to go'      # right",
    ),
    "VS007": Explanation(
        "a tab indents a line",
        "YAML does not allow tabs before a line's text.",
        "A tab has no fixed width, so that nobody can tell what a line belongs to.",
        "Indent by two blanks a level; most editors can convert all tabs at once.",
    ),
    "VS008": Explanation(
        "lists and mappings nest too deep",
        "A text nests at most 40 deep.",
        "Nobody reads such a text; it is most likely an accident or an attack.",
        "Give a deep step a stream of its own and link it by 'detailed in'.",
    ),
    "VS009": Explanation(
        "an anchor or an alias",
        "YAML's & and * name a part of the text and repeat it.",
        "They hide what a step says, and a few lines of them can stand for gigabytes.",
        "Write the value out where it is meant. A text that begins with & or * needs quotes.",
        "by: *desk          # wrong\nby: Reception      # right",
    ),
    "VS010": Explanation(
        "a tag",
        "YAML's ! gives a value a type by hand.",
        "A stream's keys have their types already; a tag can only contradict them.",
        "Leave it out. A text that begins with ! needs quotes.",
        "people: !!int 2    # wrong\npeople: 2          # right",
    ),
    "VS011": Explanation(
        "several documents in a file",
        "A line of --- starts another document.",
        "One stream a file: links and pictures go by files.",
        "Move what follows to a file of its own, or remove the line.",
    ),
    "VS012": Explanation(
        "a key stands twice",
        "One element has the same key two times.",
        "Only one of the two could count, and the other would be lost in silence.",
        "Keep one; where both are meant, write one list.",
        "by: Reception\nby: Bell desk               # wrong\nby: [Reception, Bell desk]  # right",
    ),
    "VS013": Explanation(
        "the text is no mapping",
        "A text consists of keys and values; this one is a list or a sentence.",
        "Without its keys nobody can tell what is what.",
        "Begin with 'stream: NAME' and go on with 'steps:'.",
    ),
    "VS014": Explanation(
        "it is not clear what the file holds",
        "Its name does not end in .stream.yaml or .goals.yaml, it is not valuestream.yaml, and "
        "none of the keys stream, objective or workspace stands in it.",
        "It cannot be checked.",
        "Rename it to NAME.stream.yaml, or write 'stream: NAME' into it.",
    ),
    "VS015": Explanation(
        "a key is no text",
        "A list or a mapping stands where a key is meant.",
        "Keys are names.",
        "Write the key as a text; look for a '? ' or a bracket at the start of the line.",
    ),
    "VS019": Explanation(
        "more faults than are told",
        "A text has more than 500 faults; the first of them are told.",
        "Most likely one cause stands behind them all, such as a wrong file.",
        "Mend the first ones and check again.",
    ),
    "VS020": Explanation(
        "an unknown key",
        "The element has no key of this name.",
        "What stands behind it would count nowhere, and nobody would notice.",
        "Write the nearest known key, or move it to the element it belongs to. "
        "docs/text.md lists all keys.",
        "vaule: Has the key     # wrong\nvalue: Has the key     # right",
    ),
    "VS021": Explanation(
        "a key is missing",
        "The element cannot be without this key.",
        "A step without a name cannot be drawn, linked or measured.",
        "Write the key.",
        "- does: Greets         # wrong\n- step: Check-in        # right\n  does: Greets",
    ),
    "VS022": Explanation(
        "another kind of value is meant",
        "A text, a list, a mapping, a number, or true or false is meant, and something else is "
        "written.",
        "A guess at what it means could be wrong in silence.",
        "A number or date that is meant as a text stands in quotes; a list's items stand on lines "
        "that begin with a dash, or in brackets.",
        "step: 12               # wrong\nstep: '12'             # right",
    ),
    "VS023": Explanation(
        "not one of the words allowed",
        "Only certain words can stand here.",
        "Each of them has a meaning that figures and rules go by.",
        "Write one of the words that the message names.",
        "kind: operation        # wrong\nkind: operational      # right",
    ),
    "VS024": Explanation(
        "an empty or an overlong text",
        "A text of no letters, or of more than 2,000, or a list without items.",
        "Neither can be drawn.",
        "Write what is meant, leave the key out, or shorten it.",
    ),
    "VS025": Explanation(
        "not a date",
        "A day of the calendar is meant.",
        "Days and months in another order would be taken for another day.",
        "Write year, month and day: 2026-06-30.",
        "by: 30.6.2026          # wrong\nby: 2026-06-30         # right",
    ),
    "VS026": Explanation(
        "not an id",
        "An id is one word without blanks and slashes.",
        "Links are written 'stream / step'.",
        "Join the words by hyphens.",
        "id: front desk         # wrong\nid: front-desk         # right",
    ),
    "VS030": Explanation(
        "not a duration",
        "A duration is a number and a unit: s, min, h, d or w; or ISO 8601.",
        "A bare number could be minutes or hours.",
        "Write the unit.",
        "wait: 10               # wrong\nwait: 10 min           # right",
    ),
    "VS031": Explanation(
        "not a share",
        "A share lies between 0 % and 100 %.",
        "86 could be 86 % or a mistake for 0.86.",
        "Write the sign, or a number between 0 and 1.",
        "right: 86              # wrong\nright: 86 %            # right",
    ),
    "VS032": Explanation(
        "not a cost",
        "A cost is an amount with its currency, for an hour of work or for a visit.",
        "Amounts without a currency cannot be added.",
        "Write the currency's three letters (ISO 4217).",
        "cost: 12               # wrong\ncost: 12 EUR/h         # right",
    ),
    "VS033": Explanation(
        "not a rate",
        "A rate is a number of cases in a time.",
        "How many come decides how long all wait.",
        "Write 'per' and the time.",
        "arrivals: 80           # wrong\narrivals: 80 per day   # right",
    ),
    "VS034": Explanation(
        "not a number of people",
        "A whole number, or one and the shifts in which it differs.",
        "Waiting lines go by how many work at a time.",
        "Write 2, or '1, 2 from 15:00 to 18:00'.",
    ),
    "VS035": Explanation(
        "not a promise",
        "A promise is a limit on time, or a condition on an attribute of the visit.",
        "What cannot be checked cannot be kept.",
        "Write 'within 15 min', 'within 2 d of the request', or 'rating >= 4'.",
        "promise: quickly       # wrong\npromise: within 15 min # right",
    ),
    "VS036": Explanation(
        "not a way on",
        "A way on is a step's name, a name with its share, or several names taken together.",
        "Pictures and figures follow the ways.",
        "Write 'then: Check-out', 'then: {Refuse: 20 %, Approve: 80 %}', or "
        "'then: {together: [Pack, Invoice]}'.",
    ),
    "VS037": Explanation(
        "not a time of a calendar",
        "Days are written Mon-Fri, hours 09:00-17:30, time zones by their IANA names.",
        "Working time is computed from them.",
        "Write what the message names.",
    ),
    "VS040": Explanation(
        "two steps that cannot be told apart",
        "Two steps beside each other have one name or one id.",
        "Links, ways and events would not know which is meant.",
        "Give one another name, or set an 'id'.",
    ),
    "VS041": Explanation(
        "a step that is not there",
        "A way on or a change names a step that the stream does not have.",
        "The way would lead nowhere.",
        "Write the step's name as it stands behind 'step:'.",
    ),
    "VS042": Explanation(
        "shares that do not add up",
        "The ways on from a step have shares of more or less than 100 % in all.",
        "Cases would be made up or lost.",
        "Make them 100 %, or leave the share of one out: it takes what is left. With 'end: true', "
        "what is left ends there.",
    ),
    "VS043": Explanation(
        "a promise whose clock does not start",
        "A promise counts from arriving, from the start, from the request or from another step, "
        "and none of these is named.",
        "Without a start, there is no time to measure.",
        "Write 'within 15 min', '… of the start', '… of the request', or the name of a step.",
    ),
    "VS044": Explanation(
        "an activity of two steps",
        "Two steps list the same activity of the log in their 'events'.",
        "A visit belongs to one step; the other would be counted too low.",
        "List it at one of the two.",
        "events: [check-in]     # at two steps: wrong",
    ),
    "VS045": Explanation(
        "a step measured in two ways",
        "A step has 'from' without 'to', or is measured by 'events', 'states' or 'from' and 'to' "
        "at once.",
        "It would not be clear when its visits start and end.",
        "Keep one: 'events' for visits as the log has them, 'from' and 'to' for the time between "
        "two events, 'states' for logs that record which state a case enters.",
        "from: Order placed\nto: Parcel delivered",
    ),
    "VS046": Explanation(
        "a change that cannot be made",
        "A scenario removes the only step, merges steps that do not follow each other, or lets "
        "steps be done at the same time between which cases part.",
        "The stream that the scenario describes would not hold together.",
        "Name neighbours, or say with 'then' where cases go.",
    ),
    "VS050": Explanation(
        "two streams with one id",
        "Two files of a workspace hold streams of one name or id.",
        "Links would not know which is meant.",
        "Rename one, or set an 'id'.",
    ),
    "VS051": Explanation(
        "a stream that is not there",
        "'detailed in' names a stream that the workspace does not have.",
        "Whoever wants to see more of the step finds nothing.",
        "Write the name or the id of a stream in the same folder, or below it.",
    ),
    "VS052": Explanation(
        "streams that detail each other in a circle",
        "Following 'detailed in' leads back to where one began.",
        "A part cannot hold the whole.",
        "Remove one of the links.",
    ),
    "VS053": Explanation(
        "a link to nothing",
        "'develops' or 'changes' names a stream or a step that the workspace does not have.",
        "Work on steps is measured at the steps it names.",
        "Write 'stream / step', by the names or the ids that stand in the texts.",
        "develops: Check-in                      # wrong\n"
        "develops: hotel-check-in / Check-in     # right",
    ),
    "VS054": Explanation(
        "a calendar that is not there",
        "valuestream.yaml has no calendar of this name.",
        "Working time could not be told from the rest.",
        "Write one of its names, or add it under 'calendars'.",
    ),
    "VS055": Explanation(
        "a log that is not there",
        "valuestream.yaml has no log of this name, and there is no such file.",
        "The stream could not be measured.",
        "Write one of its names, add it under 'logs', or name a file.",
    ),
    "VS056": Explanation(
        "a role that is nearly another",
        "valuestream.yaml has a role of nearly this name.",
        "What is said of the role there (people, cost, calendar) would not count here.",
        "Write both alike. A role that is really another can be silenced, or added under 'roles'.",
    ),
    "VS057": Explanation(
        "a key result of nothing",
        "'measure' names a stream or a step that the workspace does not have.",
        "Its progress could not be measured.",
        "Write 'stream / figure' or 'stream / step / figure'.",
        "measure: check-in lead time             # wrong\n"
        "measure: hotel-check-in / lead_time.p85 # right",
    ),
    "VS058": Explanation(
        "a key result of no figure",
        "'measure' ends in something that is no figure of a stream, or none of a step.",
        "Words cannot be measured: nobody could say whether the key result is reached.",
        "Write the figure that is named in its place; docs/goals.md lists all of them.",
        "measure: hotel-check-in / happiness      # wrong\n"
        "measure: hotel-check-in / received.every # right",
    ),
    "VS059": Explanation(
        "a key result that is to reach nothing, or two things",
        "It has none of 'to', 'stay above' and 'stay below', or several, or a 'kind' that says "
        "something else than they do.",
        "It would never be clear whether it is reached.",
        "Keep one of them. A range to keep is two key results.",
        "stay above: 80 %\nstay below: 95 %         # wrong\nstay above: 80 %         # right",
    ),
    "VS060": Explanation(
        "a target in another unit",
        "A value is not in the unit of the figure: a share for a duration, a number without its "
        "unit, a cost by the hour, or another currency than that of the stream.",
        "It could not be compared with what is measured.",
        "Write it as the message says.",
        "measure: hotel-check-in / lead_time.p85\nto: 90 %                 # wrong\n"
        "to: 40 min               # right",
    ),
    "VS061": Explanation(
        "a target on the wrong side of the baseline",
        "The target is the baseline, or lies on its other side than the 'kind' says; or, as a "
        "warning, the way to it is worse for customers.",
        "It would be reached before it begins, or pursue what nobody wants.",
        "Turn 'from' and 'to', or say by 'kind' what is meant.",
        "kind: increase\nfrom: 90 %\nto: 61 %                 # wrong",
    ),
    "VS062": Explanation(
        "a key result whose day is past",
        "Its day, or the last of the goals' period, is over, and no check-in since says how it "
        "ended.",
        "Goals that nobody closes are soon read by nobody.",
        "Add a check-in of that day or later, or set another day.",
        "by: 2026-06-30\ncheck-ins:\n  - {on: 2026-07-02, note: Reached}",
    ),
    "VS063": Explanation(
        "phases out of order",
        "A phase's day is not after the one before it, or it is not between the start and the day "
        "of the key result.",
        "The expected progress could not be drawn.",
        "Write the phases in the order of their days.",
    ),
    "VS064": Explanation(
        "a phase that leads away from the target",
        "A phase's target is not between those before and after it.",
        "What is expected would go back on the way.",
        "Look at its value, or take the phase out.",
    ),
    "VS065": Explanation(
        "a check-in in the future",
        "A check-in's day is after today.",
        "Nobody can have said it yet; it is most likely a mistyped year.",
        "Look at its day.",
    ),
    "VS066": Explanation(
        "a key result that ends before it starts",
        "Its day is not after its start; both may come from the goals' period.",
        "There is no time in which it could be reached.",
        "Look at 'start', 'by' and 'period'.",
    ),
    "VS067": Explanation(
        "a key result without data",
        "The figure exists, but the stream's log gives it no value in any whole week.",
        "Its progress could not be measured.",
        "Measure the nearest figure that has data, which the message names, or add to the log what "
        "is missing.",
    ),
    "VS068": Explanation(
        "a figure that the stream's text does not give",
        "A promise kept where nothing is promised, working time without a calendar, a value that "
        "nobody has written down, or a cost where nobody says what a step costs.",
        "No log could give it.",
        "Write down what is missing, or measure what the message names.",
        "value:\n  receives: Has the key\n  promise: within 10 min",
    ),
    "VS069": Explanation(
        "a key result whose log cannot be read",
        "The stream names no log, the log is not there, or its events are none of the stream's.",
        "Nothing of the stream can be measured.",
        "Add 'log:' to the stream; 'valuestream measure STREAM' says what is wrong with it.",
    ),
    "VS070": Explanation(
        "a process that is nearly another",
        "valuestream.yaml has a business process of nearly this name.",
        "Two names are two processes, of which one would seem to serve no value.",
        "Write both alike. One that is really another can be silenced, or added under 'processes'.",
        "process: Front ofice     # wrong\nprocess: Front office    # right",
    ),
}


def explain(code: str, pages: Mapping[str, Explanation] = FAULTS) -> str:
    """What a fault's code means, why it matters and what to do. KeyError if it is on no page."""
    found = pages[code.upper()]
    parts = [
        f"{code.upper()}: {found.title}",
        f"What it means\n{_indented(found.means)}",
        f"Why it matters\n{_indented(found.matters)}",
        f"What to do\n{_indented(found.remedy)}",
    ]
    if found.example:
        parts.append(f"Example\n{_indented(found.example)}")
    return "\n\n".join(parts)


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())
