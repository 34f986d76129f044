"""How many pages a studio serves, how soon all who listen hear of an edit, how much a page weighs.

    .venv/bin/python benchmarks/studio.py --seconds 10 --readers 8 --listeners 1000

A studio in a process of its own on a folder with the hotel and a stream of 1,000 steps, asked over
loopback by this process, and by a Chromium, where there is one, for what a person waits for. Needs
nothing else on the machine: reader and studio want a core each.
"""

import argparse
import asyncio
import gzip
import json
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from studio_browser import seen

from valuestream.templates import fill, template

LONG = "stream: Long\nsteps:\n" + "".join(
    f"  - step: Step {i}\n    by: Role {i % 20}\n    value: Piece {i}\n    work: {i % 9 + 1} min\n"
    for i in range(1000)
)
TAG = re.compile(rb'data-tag="(\w+)"')


def lay(folder: Path) -> None:
    (folder / "hotel.stream.yaml").write_text(fill(template("hotel-check-in"), "Hotel"))
    (folder / "long.stream.yaml").write_text(LONG)


@dataclass(frozen=True)
class Answer:
    """An answer and the seconds that it took."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


class Line:
    """One kept connection to the studio, as a browser has."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port

    async def __aenter__(self) -> "Line":
        self.read, self.write = await asyncio.open_connection(self.host, self.port, limit=2**24)
        return self

    async def __aexit__(self, *_: object) -> None:
        self.write.close()
        with suppress(OSError):
            await self.write.wait_closed()

    async def ask(
        self, path: str, said: object = None, compressed: bool = True, has: str = ""
    ) -> Answer:
        started = time.perf_counter()
        self.send(path, said, compressed, has)
        status, headers = await self.head()
        body = await self.read.readexactly(int(headers.get("content-length", 0)))
        return Answer(status, headers, body, time.perf_counter() - started)

    def send(self, path: str, said: object = None, compressed: bool = True, has: str = "") -> None:
        body = b"" if said is None else json.dumps(said).encode()
        method = "GET" if said is None else "POST"
        head = f"{method} {path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\n"
        head += "Accept-Encoding: gzip\r\n" if compressed else ""
        head += f"X-Has: {has}\r\n" if has else ""
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n" if body else ""
        self.write.write(head.encode() + b"\r\n" + body)

    async def head(self) -> tuple[int, dict[str, str]]:
        lines = (await self.read.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        pairs = (line.partition(":") for line in lines[1:] if line)
        return int(lines[0].split()[1]), {n.strip().lower(): v.strip() for n, _, v in pairs}


def said(label: str, times: list[float], over: float = 0.0) -> None:
    cuts = statistics.quantiles(times, n=20)
    rate = f"{len(times) / over:,.0f} a second, " if over else ""
    p50, p95 = (1000 * t for t in (cuts[9], cuts[18]))
    print(f"{label}: {rate}p50 {p50:.1f} ms, p95 {p95:.1f} ms, n = {len(times):,}")


async def pages(at: tuple[str, int], readers: int, seconds: float) -> None:
    """Stream pages over so many connections, each asking as soon as it was answered."""
    end, times = time.perf_counter() + seconds, []

    async def reader() -> None:
        async with Line(*at) as line:
            while time.perf_counter() < end:
                answer = await line.ask("/streams/hotel")
                assert answer.status == 200
                times.append(answer.seconds)

    await asyncio.gather(*(reader() for _ in range(readers)))
    said("stream pages", times, seconds)


async def edits(at: tuple[str, int], name: str, count: int) -> None:
    """Edits of one step, and what each changes on the page, as a page that is open asks for it."""
    answered, shown, page = [], [], b""
    async with Line(*at) as line:
        step = json.loads((await line.ask(f"/api/v1/streams/{name}", None, False)).body)["steps"][1]
        for turn in range(count):
            edit = {"operation": "SetField", "element": step["handle"], "key": "work"}
            edited = await line.ask(
                f"/api/v1/streams/{name}/operations", {**edit, "value": f"{turn + 1} s"}
            )
            assert edited.status == 200, edited.body
            answered.append(edited.seconds)
            has = TAG.search(page)
            told = await line.ask(f"/streams/{name}", None, False, has[1].decode() if has else "")
            page = told.body
            shown.append(told.seconds)
    said(f"edits of {name}", answered)
    said(f"what each changes on the page of {name}", shown)


async def fan_out(at: tuple[str, int], listeners: int) -> None:
    """The seconds until all who listen heard of an edit."""
    lines = [Line(*at) for _ in range(listeners)]
    for some in range(0, listeners, 100):
        await asyncio.gather(*(line.__aenter__() for line in lines[some : some + 100]))
        for number, line in enumerate(lines[some : some + 100], some):
            line.send(f"/live?page=p{number}&stream=hotel")
        await asyncio.gather(*(heard(line, b"event: hello") for line in lines[some : some + 100]))
    async with Line(*at) as line:
        step = json.loads((await line.ask("/api/v1/streams/hotel", None, False)).body)["steps"][1]
        waiting = [asyncio.create_task(heard(one, b"event: changed")) for one in lines]
        await asyncio.sleep(2)
        started = time.perf_counter()
        edit = {"operation": "SetField", "element": step["handle"], "key": "work"}
        await line.ask("/api/v1/streams/hotel/operations", {**edit, "value": "59 s"})
        times = [found - started for found in await asyncio.gather(*waiting)]
    print(f"an edit to {listeners:,} listeners: the last heard of it after {max(times):.3f} s")
    said("each listener", times)
    for one in lines:
        one.write.close()


async def heard(line: Line, what: bytes) -> float:
    while what not in await line.read.readline():
        pass
    return time.perf_counter()


async def weight(at: tuple[str, int]) -> None:
    """The compressed bytes of a first view: the page, and all that it and its modules name."""
    async with Line(*at) as line:
        page = (await line.ask("/streams/hotel")).body
        text = gzip.decompress(page).decode()
        todo, sizes = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', text)), {}
        base = next(iter(todo)).rpartition("/")[0]
        # Of the fonts, what a page of Latin letters loads.
        todo |= {f"{base}/Inter-{weight}-latin.ttf" for weight in (400, 600, 700)}
        while todo:
            path = todo.pop()
            body = (await line.ask(path)).body
            sizes[path] = len(body)
            if path.endswith(".js"):
                named = re.findall(rb'^import .*?"\./([\w-]+\.js)"', gzip.decompress(body), re.M)
                todo |= {f"{base}/{name.decode()}" for name in named} - sizes.keys()
    whole = len(page) + sum(sizes.values())
    print(f"first view: {whole / 1000:.1f} kB, of it the page {len(page) / 1000:.1f} kB")


async def measure(at: tuple[str, int], asked: argparse.Namespace) -> None:
    await weight(at)
    await pages(at, 1, asked.seconds / 4)
    await pages(at, asked.readers, asked.seconds)
    await edits(at, "hotel", asked.edits)
    await edits(at, "long", max(3, asked.edits // 10))
    await fan_out(at, asked.listeners)
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium:
        await seen(f"http://{at[0]}:{at[1]}", chromium, asked.typed)
    else:
        print("no Chromium on the path: what a person waits for is not measured")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--edits", type=int, default=100)
    parser.add_argument("--typed", type=int, default=10)
    parser.add_argument("--listeners", type=int, default=1000)
    asked = parser.parse_args()
    files = asked.listeners * 2 + 256
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(max(soft, files), hard), hard))
    with tempfile.TemporaryDirectory() as folder:
        lay(Path(folder))
        command = [sys.executable, "-m", "valuestream", "studio", folder, "--port", "0"]
        studio = subprocess.Popen([*command, "--no-browser"], stdout=subprocess.PIPE, text=True)
        try:
            address = urlsplit(studio.stdout.readline().strip())
            asyncio.run(measure((address.hostname, address.port), asked))
        finally:
            studio.terminate()
            studio.wait()


if __name__ == "__main__":
    main()
