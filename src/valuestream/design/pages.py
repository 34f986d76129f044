"""The codes of faults in answers from which a stream is designed. A code never changes meaning."""

from valuestream.text.faults import Explanation

PAGES: dict[str, Explanation] = {
    "VS090": Explanation(
        "an outcome that nothing can give",
        "No outcome is said, the customer brings it already, or no known step gives it: none of "
        "the workspace's streams, of the templates, and of the new steps.",
        "What is to be there before it can only be asked of a step.",
        "Write the outcome as a step's 'gives' has it, or describe the step under 'steps'.",
        "outcome: settld                  # wrong\noutcome: settled                 # right",
    ),
    "VS091": Explanation(
        "a choice of a step that is not there",
        "A choice names a step that is not known, or a name that several steps have.",
        "The choice would not count.",
        "Write the stream and the step: 'stream / step'; a new step goes by its name alone.",
        "choices: {room key: Check}                                    # wrong\n"
        "choices: {room key: hotel-check-in / Check-in at the desk}    # right",
    ),
    "VS092": Explanation(
        "a choice of a step that does not give it",
        "The step that is chosen for a thing does not list it under 'gives'.",
        "The thing would never be there.",
        "Choose a step that gives it, or add it to the step's 'gives'.",
    ),
    "VS093": Explanation(
        "needs that go in a circle",
        "A step needs what itself gives, or several steps each need what another of them gives, "
        "and there is no way around them.",
        "None of them could ever begin.",
        "Say what the customer brings, take a need away, or add a step that gives one of the "
        "things without the others.",
        "- {step: Sign, needs: contract, gives: signature}\n"
        "- {step: Draw up, needs: signature, gives: contract}    # wrong: each waits for the other",
    ),
}
