"""The codes of faults in a workspace's acts. A code never changes its meaning."""

from valuestream.text.faults import Explanation

PAGES: dict[str, Explanation] = {
    "VS080": Explanation(
        "a line that is no act",
        "A line of improvements.jsonl is no JSON object: it was cut off when its writer was "
        "interrupted, git left its marks there, or somebody wrote by hand.",
        "An act that is not read is missing from the board and from the figures.",
        "Do the act again and remove the line, or mend it. 'valuestream git-setup' lets git merge "
        "the file without marks.",
        '{"time": "2026-03-01T09:00:00Z", "case": "k3f9q2bd", "activi      # cut off\n'
        '{"time": "2026-03-01T09:00:00Z", "case": "k3f9q2bd", "activity": "decide", '
        '"resource": "Ana"}',
    ),
    "VS081": Explanation(
        "an act that lacks something",
        "A line lacks its time, id, act, person or, where it accepts a finding, finding and place; "
        "or one of them cannot be read. A time without a zone is read as UTC.",
        "Who did what when is all that an act consists of; nothing of it is guessed.",
        "Write it as on the lines above: a time with its zone, one of the acts find, accept, "
        "decide, design, roll-out, verify, drop, texts in quotes.",
        '"time": "1 March"                 # wrong\n"time": "2026-03-01T09:00:00Z"    # right',
    ),
    "VS082": Explanation(
        "an act done twice",
        "Two lines decide (or design, …) the same improvement at different times or by different "
        "people: most likely on two branches.",
        "Only one of them can be when it happened. The first counts.",
        "Remove the line that is not meant.",
    ),
    "VS083": Explanation(
        "an act out of order",
        "An act comes before what it needs (verified before it was rolled out), or after the end "
        "(decided after it was dropped). Design may be left out, nothing else.",
        "It does not count: the board would show a state that nobody reached.",
        "Mend the line's time, do what is missing, or remove the line; to go on with a dropped "
        "improvement, accept its finding anew.",
    ),
    "VS084": Explanation(
        "one id, two findings",
        "Lines of one id name different findings or places.",
        "Two improvements would be taken for one. What the first line says counts.",
        "Give one of the two another id, on all its lines.",
    ),
    "VS085": Explanation(
        "one finding, two improvements",
        "Two improvements that are not finished are of the same finding at the same place: two "
        "people accepted it apart.",
        "The work may be done twice.",
        "Drop one of them and name the other in its note.",
        "valuestream improvements drop k3f9q2bd --note 'see m7w4x9cz'",
    ),
    "VS086": Explanation(
        "an act of the future",
        "A line's time lies more than a day ahead.",
        "Ages and waits would be wrong.",
        "Look at the year, and at the clock of whoever wrote it.",
    ),
    "VS087": Explanation(
        "a place that is gone",
        "An improvement, open or rolled out, is of a stream or a step that the workspace no "
        "longer has: it was renamed or removed.",
        "Whether it helped is looked for at that step.",
        "Give a renamed step its old name as 'id'; drop the improvement where the step is gone.",
        "- step: Welcome at the desk\n  id: check-in-at-the-desk",
    ),
}
