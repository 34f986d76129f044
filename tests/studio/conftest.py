import time

import pytest
from starlette.testclient import TestClient
from studio_made import NAME, lay

from valuestream.studio.app import create_app
from valuestream.studio.security import hosts_of

PORT = 8765
BASE = f"http://127.0.0.1:{PORT}"


@pytest.fixture
def folder(tmp_path):
    return lay(tmp_path)


@pytest.fixture
def client(folder):
    with TestClient(create_app(folder, hosts_of(PORT)), base_url=BASE) as client:
        yield client


@pytest.fixture
def hotel(client):
    """What programs ask of the hotel's stream."""
    return Hotel(client)


class Hotel:
    """The REST resources of one stream."""

    def __init__(self, client):
        self.client = client
        self.place = f"/api/v1/streams/{NAME}"

    def said(self):
        return self.client.get(self.place).json()

    def handle(self, step):
        return next(s["handle"] for s in self.said()["steps"] if s["step"] == step)

    def do(self, operation, author="ada", **headers):
        return self.client.post(
            f"{self.place}/operations", json=operation, headers={"X-Author": author, **headers}
        )

    def set(self, step, key, value, author="ada", **more):
        handle = step and self.handle(step)
        said = {"operation": "SetField", "element": handle, "key": key, "value": value, **more}
        return self.do(said, author)

    def steps(self):
        return [s["step"] for s in self.said()["steps"]]

    def figures(self):
        """Once they are measured."""
        for _ in range(200):
            answer = self.client.get(f"{self.place}/figures")
            if answer.status_code != 202:
                return answer.json()
            time.sleep(0.1)
        raise AssertionError("nothing was measured in 20 s")
