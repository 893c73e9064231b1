"""2,000 hostile files are attached to messages and fetched back, whole and in other sizes and formats.

Run by `scripts/with-server`, which sets FLUXER_TEST_URL and FLUXER_TEST_PID; the server must be in test mode.
Whatever the file: the upload is answered, the file comes back as it was (or without what a camera wrote into it),
nothing is served in a way in which a browser would run it, no request takes longer than its limit, and the server's
memory stays bounded. The last line is `N passed, N failed`.
"""

import asyncio
import collections
import json
import os
import pathlib
import sys
import time
from urllib.parse import urljoin, urlsplit

import aiohttp
import yarl

from hostile_files import GPS, corpus
from human import Human

BASE = os.environ["FLUXER_TEST_URL"]
API = BASE + "/v1"
PID = os.environ["FLUXER_TEST_PID"]
COUNT = int(os.environ.get("HOSTILE_FILES", "2000"))
SEED = 20261124
PER_MESSAGE = 10
AT_ONCE = 6
LIMIT = 90  # seconds a request may take on a busy machine; the server's own limits are below it
MEMORY = 400_000_000
VERSIONS = ("width=64&height=64&format=webp", "format=png&width=4096", "width=100&format=gif&animated=true",
            "quality=low&format=jpeg")
# Files of these names may come back changed, but only by losing metadata.
CLEANED = ("jpg", "jpeg", "png", "webp", "avif", "mp4", "mov", "m4a")


class Failures:
    def __init__(self):
        self.checks = collections.Counter()
        self.failed = collections.Counter()
        self.examples = {}

    def check(self, what, holds, example):
        self.checks[what] += 1
        if not holds:
            self.failed[what] += 1
            self.examples.setdefault(what, example)


def peak_memory():
    """Bytes the server had resident at most."""
    for line in pathlib.Path(f"/proc/{PID}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise AssertionError("no VmHWM: is the server gone?")


def is_cleaned(name, data):
    """Whether the server may take metadata out of it: by its name or, however it is called, by its bytes."""
    extension = name.rsplit(".", 1)[-1].lower()
    return extension in CLEANED or data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"RIFF")) or data[4:8] == b"ftyp"


class Run:
    def __init__(self, web):
        self.web, self.failures = web, Failures()
        self.human = Human(API, web)
        self.slowest = (0.0, "")
        self.statuses = collections.Counter()

    async def scene(self):
        await self.human.register()
        guild = await self.human.call("POST", "/guilds", {"name": "Hostile"})
        channels = await self.human.call("GET", f"/guilds/{guild['id']}/channels")
        self.channel = next(c["id"] for c in channels if c["type"] == 0)

    async def timed(self, what, method, url, **arguments):
        begun = time.monotonic()
        try:
            async with asyncio.timeout(LIMIT), self.web.request(method, url, **arguments) as answer:
                return answer.status, answer.headers, await answer.read()
        except (TimeoutError, aiohttp.ClientError) as error:
            return 0, {}, repr(error).encode()
        finally:
            took = time.monotonic() - begun
            self.slowest = max(self.slowest, (took, what))

    async def send(self, files):
        form = aiohttp.FormData(quote_fields=True)
        described = [{"id": at, "filename": name} for at, (name, _) in enumerate(files)]
        form.add_field("payload_json", json.dumps({"attachments": described}), content_type="application/json")
        for at, (_, data) in enumerate(files):
            # the form's own name is harmless: what counts is the one in the JSON
            form.add_field(f"files[{at}]", data, filename=f"{at}.bin", content_type="application/octet-stream")
        headers = {"Authorization": self.human.token, "X-Forwarded-For": "10.8.0.1"}
        url = f"{API}/channels/{self.channel}/messages"
        return await self.timed(f"upload of {[name for name, _ in files]}", "POST", url, data=form, headers=headers)

    async def batch(self, files):
        status, _, body = await self.send(files)
        self.statuses[f"upload {status}"] += 1
        if status != 200 and len(files) > 1:
            # one of them is refused: which?
            for file in files:
                await self.batch([file])
            return
        names = [name for name, _ in files]
        # an empty file, or a name of nothing, may be refused; it must be told
        self.failures.check("uploads are answered", status == 200 or 400 <= status < 500, (names, status, body[:200]))
        if status != 200:
            return
        attachments = json.loads(body)["attachments"]
        self.failures.check("no attachment is lost", len(attachments) == len(files), names)
        for (name, data), attachment in zip(files, attachments):
            await self.fetch(name, data, attachment)

    async def fetch(self, name, data, attachment):
        url = yarl.URL(urljoin(BASE, urlsplit(attachment["url"]).path), encoded=True)
        status, headers, body = await self.timed(f"GET {url}", "GET", url)
        about = (name, str(url), status, dict(headers), body[:80])
        self.statuses[f"original {status}"] += 1
        self.failures.check("originals are served", status == 200, about)
        self.guarded(about, status, headers)
        if status == 200:
            self.failures.check("originals come back", body == data or is_cleaned(attachment["filename"], data), about)
            self.failures.check("no place is told", GPS not in body or not name.startswith("place"), about)
        for query in VERSIONS:
            status, headers, body = await self.timed(f"GET {url}?{query}", "GET",
                                                     yarl.URL(f"{url}?{query}", encoded=True))
            self.statuses[f"version {status}"] += 1
            about = (name, f"{url}?{query}", status, dict(headers), body[:80])
            self.failures.check("versions are served or refused", status in (200, 400, 404, 413, 503), about)
            self.guarded(about, status, headers)

    def guarded(self, about, status, headers):
        policy = headers.get("Content-Security-Policy", "")
        self.failures.check("nosniff", headers.get("X-Content-Type-Options") == "nosniff", about)
        self.failures.check("a sandbox", "sandbox" in policy and "default-src 'none'" in policy
                            and "allow-scripts" not in policy, about)
        if status == 200:
            self.failures.check("offered for saving",
                                headers.get("Content-Disposition", "").startswith("attachment"), about)
        else:
            self.failures.check("refusals are text", headers.get("Content-Type", "").startswith("text/plain"), about)

    async def all(self, files):
        queue = [files[at:at + PER_MESSAGE] for at in range(0, len(files), PER_MESSAGE)]

        async def worker():
            while queue:
                await self.batch(queue.pop())

        await asyncio.gather(*(worker() for _ in range(AT_ONCE)))


async def main():
    secret = pathlib.Path(__file__).resolve()
    files = corpus(COUNT, SEED, secret)
    begun = time.monotonic()
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=64)) as web:
        run = Run(web)
        await run.scene()
        before = peak_memory()
        await run.all(files)
        status, _, _ = await run.timed("health", "GET", BASE.removesuffix("/api") + "/_health")
    peak = peak_memory()
    failures = run.failures
    failures.check("the server is well", status == 200, status)
    failures.check(f"memory stays below {MEMORY // 1_000_000} MB", peak < MEMORY, peak)
    failures.check("no request takes too long", run.slowest[0] < LIMIT, run.slowest)
    print(f"{len(files)} files, {sum(len(data) for _, data in files) >> 20} MiB, "
          f"{time.monotonic() - begun:.0f} s; memory {before >> 20} -> {peak >> 20} MiB at most; "
          f"slowest {run.slowest[0]:.1f} s ({run.slowest[1][:120]})")
    print(", ".join(f"{what}: {number}" for what, number in sorted(run.statuses.items())))
    for what, number in failures.checks.items():
        bad = failures.failed[what]
        print(f"{'FAILED' if bad else 'ok    '} {what} ({number} times{f', {bad} not: ' if bad else ''}"
              f"{failures.examples.get(what, '') if bad else ''})")
    failed = len([what for what in failures.checks if failures.failed[what]])
    print(f"{len(failures.checks) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
