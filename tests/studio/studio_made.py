"""A hotel to open in the studio: a stream with comments, and a few of its events."""

import time

HOTEL = """\
# A hotel
stream: Hotel check-in   # its name
customer: Guest
log: stays.csv
steps:
  # the mail comes first
  - step: Welcome e-mail
    value: Has every detail at hand
    work: 1 min
  - step: Check-in at the desk
    by: Reception
    value:
      receives: Learns of all that is on offer
      promise: within 10 min
      keep: 90 %
    work: 4 min   # by watch
  - step: Luggage to the room
    by: Bell desk
# the end
"""
KEY = "hotel-check-in.stream.yaml"
NAME = "hotel-check-in"
STEPS = ["Welcome e-mail", "Check-in at the desk", "Luggage to the room"]


def log(cases: int = 20) -> str:
    """Every case waits ten minutes more than the one before at the desk, up to an hour."""
    rows = ["case,activity,start,end"]
    for case in range(cases):
        day = f"2026-03-{case % 28 + 1:02}"
        desk = 10 + case % 6 * 10
        rows += [
            f"{case},Welcome e-mail,{day} 09:00:00,{day} 09:01:00",
            f"{case},Check-in at the desk,{day} 09:{desk % 60:02}:00,{day} 09:{desk % 60 + 4:02}:00"
            if desk < 60
            else f"{case},Check-in at the desk,{day} 10:00:00,{day} 10:04:00",
            f"{case},Luggage to the room,{day} 10:10:00,{day} 10:12:00",
        ]
    return "\n".join(rows) + "\n"


def lay(folder):
    """The hotel's workspace in a folder."""
    (folder / "valuestream.yaml").write_text("workspace: Grand Hotel\n")
    (folder / KEY).write_text(HOTEL)
    (folder / "stays.csv").write_text(log())
    return folder


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

    def figures(self, **asked):
        """Once they are measured."""
        for _ in range(300):
            answer = self.client.get(f"{self.place}/figures", params=asked)
            if answer.status_code != 202:
                return answer.json()
            time.sleep(0.1)
        raise AssertionError("nothing was measured in 30 s")
