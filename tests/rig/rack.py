"""A `fluxrig` process of the tests, and the ends of its sockets: terminals and hosts."""

import asyncio
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

import iso

BINARY = None  # set by run.py
PATIENCE = 30  # seconds
HOST = f"127.0.0.{2 + os.getpid() % 250}"
EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "rig" / "examples"
# A run of digits that could be a card number: nothing the rack writes may hold one.
CARD = re.compile(r"(?<![0-9A-Za-z.-])[3-6][0-9]{12,18}(?![0-9A-Za-z])")


def free_port():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


async def until(what, ready):
    """The first true value of `ready`, which is asked until PATIENCE is over."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        value = ready()
        if asyncio.iscoroutine(value):
            value = await value
        if value:
            return value
        await asyncio.sleep(0.02)  # polling another process
    raise AssertionError(f"{what} did not happen within {PATIENCE} s")


def luhn(digits):
    total = 0
    for index, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + index % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


class Rack:
    """A copy of an example that runs, with the addresses given in the environment."""

    def __init__(self, example, level="debug", **environment):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="fluxrig-"))
        shutil.copytree(EXAMPLES / example, self.folder / example)
        self.scenario = self.folder / example / "scenario.yaml"
        self.status = f"{HOST}:{free_port()}"
        self.environment = {**os.environ, "HOME": str(self.folder), "FLUXRIG_LOGGING_LEVEL": level,
                            "FLUXRIG_LOGGING_THROTTLING_ENABLED": "false",
                            "FLUXRIG_RACK_RELOAD_INTERVAL": "50ms", **environment}
        self.log_path = self.folder / "log"
        self.process = None

    async def __aenter__(self):
        try:
            await self.start()
        except BaseException as error:
            await self.__aexit__(type(error), error, None)
            raise
        return self

    async def __aexit__(self, kind, *_):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if kind is not None:
            print("--- the end of the log:\n" + self.log()[-4000:])
            return
        shutil.rmtree(self.folder)

    async def start(self):
        log = open(self.log_path, "ab")
        self.process = subprocess.Popen(
            [BINARY, "run", str(self.scenario), "--listen", self.status, "--log-format", "json"],
            cwd=self.folder, env=self.environment, stdout=log, stderr=log)
        await until("the start", self.is_ready)

    def get(self, path):
        try:
            with urllib.request.urlopen(f"http://{self.status}{path}", timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def is_ready(self):
        assert self.process.poll() is None, "it ended: " + self.log()[-3000:]
        return self.get("/ready")[0] == 200

    def health(self):
        return json.loads(self.get("/health")[1])

    def metric(self, name, **labels):
        """The sum over everything with these labels."""
        total = 0.0
        for line in self.get("/metrics")[1].splitlines():
            match = re.match(r"(\w+)(?:\{(.*)\})? (\S+)$", line)
            if match and match.group(1) == name:
                there = dict(re.findall(r'(\w+)="([^"]*)"', match.group(2) or ""))
                if all(there.get(key) == value for key, value in labels.items()):
                    total += float(match.group(3))
        return total

    def log(self):
        return self.log_path.read_text(errors="replace")

    def lines(self, message=None):
        lines = [json.loads(line) for line in self.log().splitlines()]
        return [line for line in lines if message is None or message in line["msg"]]

    async def stop(self):
        """Ends it in order; nothing it wrote holds a card number."""
        self.process.send_signal(signal.SIGTERM)
        code = await asyncio.to_thread(self.process.wait, 60)
        assert code == 0, f"it ended with {code}: {self.log()[-3000:]}"
        self.look_for_cards()

    def look_for_cards(self):
        text = self.log()
        assert "panic" not in text, text[-3000:]
        for found in CARD.findall(text):
            assert not luhn(found), f"a card number in the log: {found[:6]}…"


class Host:
    """A scheme host: approves what it gets, and says who approved (element 38)."""

    def __init__(self, name, port=None):
        self.name, self.port = name, port or free_port()
        self.server, self.writers, self.seen = None, set(), []
        # Ways to behave.
        self.silent = False
        self.delay = 0.0
        self.held = None  # an Event: answers wait for it
        self.paused = None  # an Event: nothing is read until it is set

    @property
    def address(self):
        return f"{HOST}:{self.port}"

    async def open(self):
        self.server = await asyncio.start_server(self.serve, HOST, self.port, limit=4096)

    async def cut(self):
        """Closes the listener and every connection."""
        self.server.close()
        for writer in list(self.writers):
            writer.transport.abort()
        await self.server.wait_closed()

    async def serve(self, reader, writer):
        self.writers.add(writer)
        tasks = set()
        try:
            while True:
                if self.paused:
                    await self.paused.wait()
                message = await iso.read(reader)
                if message is None:
                    break
                self.seen.append(iso.unpack(message))
                if not self.silent:
                    task = asyncio.create_task(self.answer(message, writer))
                    tasks.add(task)
                    task.add_done_callback(tasks.discard)
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            self.writers.discard(writer)
            writer.close()

    async def answer(self, message, writer):
        mti, fields = iso.unpack(message)
        if self.delay:
            await asyncio.sleep(self.delay)
        if self.held:
            await self.held.wait()
        reply = {number: fields[number] for number in (2, 3, 4, 7, 11, 41, 49)}
        reply[38], reply[39] = f"{self.name:6}", "00"
        try:
            writer.write(iso.frame(iso.pack(iso.RESPONSES[mti], reply)))
            await writer.drain()
        except ConnectionError:
            pass


class Terminal:
    """One connection; requests wait for the reply with their trace number."""

    def __init__(self, name, port):
        self.name, self.port = name, port
        self.waiting, self.stray = {}, []
        self.reader = self.writer = self.task = None

    async def open(self):
        self.reader, self.writer = await asyncio.open_connection(HOST, self.port)
        self.task = asyncio.create_task(self.listen())
        return self

    async def listen(self):
        while (message := await iso.read(self.reader)) is not None:
            mti, fields = iso.unpack(message)
            waiting = self.waiting.pop(fields[11], None)
            if waiting is None:
                self.stray.append((mti, fields))
            else:
                waiting.set_result((mti, fields))
        for waiting in self.waiting.values():
            if not waiting.done():
                waiting.set_exception(ConnectionError("the connection ended"))

    def send(self, request):
        """Sends; the future has the reply."""
        mti, fields = request
        future = asyncio.get_running_loop().create_future()
        self.waiting[fields[11]] = future
        self.writer.write(iso.frame(iso.pack(mti, fields)))
        return future

    async def ask(self, prefix, **more):
        """The response code and who approved, after a look whether the reply is this request's."""
        request = iso.request(prefix, terminal=self.name, **more)
        mti, fields = await asyncio.wait_for(self.send(request), PATIENCE)
        check(request, (mti, fields))
        return fields[39], fields.get(38, "").strip()

    async def close(self):
        self.writer.close()
        await self.task


def check(request, reply):
    (asked, sent), (mti, fields) = request, reply
    assert mti == iso.RESPONSES[asked], (asked, mti)
    for number in (2, 4, 7, 11, 41):
        assert fields[number] == sent[number], f"element {number} is another request's"
