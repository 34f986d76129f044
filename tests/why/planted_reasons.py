"""Logs of cases with two steps and a few attributes, with or without a slow segment planted."""

from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pandas as pd

from valuestream.events import read
from valuestream.measure import lay
from valuestream.model.stream import Stream

STREAM = Stream.model_validate({"stream": "S", "steps": [{"step": "Ask"}, {"step": "Decide"}]})


def cases(seed: int, many: int = 1500, slower: float = 0.4) -> pd.DataFrame:
    """Cases by the hour at random; those of channel 'paper' (15 %) take longer by a share."""
    chance = np.random.default_rng(seed)
    channel = chance.choice(["paper", "web", "desk"], many, p=[0.15, 0.6, 0.25])
    lead = chance.lognormal(3, 0.5, many) * np.where(channel == "paper", 1 + slower, 1)
    return pd.DataFrame(
        {
            "case": [f"c{number}" for number in range(many)],
            "came": np.sort(chance.uniform(0, 4000, many)),
            "lead": lead,
            "channel": channel,
            "region": chance.choice(list("NESW"), many),
            "amount": chance.lognormal(5, 1, many).round(2),
            "asker": chance.choice([f"p{n}" for n in range(8)], many),
            "decider": chance.choice([f"q{n}" for n in range(8)], many),
        }
    )


@contextmanager
def laid(folder: Path, made: pd.DataFrame):
    """The visits and the events of a log of these cases: a step when they came, one at the end."""
    origin = pd.Timestamp("2026-01-01", tz="UTC")
    came = origin + pd.to_timedelta(made.came, unit="h")
    own = made.drop(columns=["came", "lead", "asker", "decider"])
    ask = own.assign(activity="Ask", start=came, end=came, resource=made.asker)
    done = came + pd.to_timedelta(made.lead, unit="h")
    decide = own.assign(activity="Decide", start=done, end=done, resource=made.decider)
    path = folder / "log.parquet"
    log = pd.concat([ask, decide])
    log = log.assign(start=log.start.dt.as_unit("us"), end=log.end.dt.as_unit("us"))
    log.to_parquet(path)
    with read(path) as events:
        yield lay(STREAM, events), events
