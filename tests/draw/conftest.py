"""Every sample, one after the other."""

import pytest
from drawn_samples import SAMPLES

from valuestream.model.figures import Figures
from valuestream.model.findings import Finding
from valuestream.model.stream import Stream

Sample = tuple[Stream, Figures | None, tuple[Finding, ...]]


@pytest.fixture(params=SAMPLES)
def sample(request: pytest.FixtureRequest) -> Sample:
    return SAMPLES[request.param]
