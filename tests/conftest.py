import pytest


@pytest.fixture(autouse=True)
def cache(tmp_path_factory, monkeypatch):
    """Results are kept in a folder of the test's own."""
    monkeypatch.setenv("VALUESTREAM_CACHE", str(tmp_path_factory.mktemp("cache")))
