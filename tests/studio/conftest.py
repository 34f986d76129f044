import pytest
from starlette.testclient import TestClient
from studio_made import Hotel, lay

from valuestream.studio.app import create_app
from valuestream.studio.figures import FiguresAtWork
from valuestream.studio.security import hosts_of

PORT = 8765
BASE = f"http://127.0.0.1:{PORT}"


@pytest.fixture
def folder(tmp_path):
    return lay(tmp_path)


@pytest.fixture
def client(folder, monkeypatch):
    """A studio that measures nothing: its figures stay on their way."""
    monkeypatch.setattr(FiguresAtWork, "_ask", lambda *_: None)
    with TestClient(create_app(folder, hosts_of(PORT)), base_url=BASE) as client:
        yield client


@pytest.fixture(scope="session")
def measured(tmp_path_factory):
    """The hotel, measured; for tests that only look."""
    folder = lay(tmp_path_factory.mktemp("measured"))
    with TestClient(create_app(folder, hosts_of(PORT)), base_url=BASE) as client:
        client.figures = Hotel(client).figures()
        yield client


@pytest.fixture
def hotel(client):
    """What programs ask of the hotel's stream."""
    return Hotel(client)
