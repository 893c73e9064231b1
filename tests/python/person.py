"""Somebody with an account on an instance, over plain HTTP; and the files they send, made here."""

import itertools
import json
import os
import struct
import subprocess
import tempfile
import urllib.error
import urllib.request
import zlib

TIMEOUT = 120  # seconds a request may take on a busy machine
_numbers = itertools.count(1)


def request(method, url, body=None, headers=None):
    """(status, headers, bytes), whatever the status."""
    asked = urllib.request.Request(url, data=body, method=method, headers=headers or {})
    try:
        with urllib.request.urlopen(asked, timeout=TIMEOUT) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


class Person:
    def __init__(self, server):
        self.server, self.number = server, next(_numbers)
        self.name = f"person{os.getpid()}n{self.number}"
        self.token = None
        status, answer = self.call("POST", "/auth/register", {
            "email": f"{self.name}@example.com", "password": f"pw-{self.name}-9Zq", "username": self.name,
            "global_name": self.name, "date_of_birth": "1990-01-01", "consent": True})
        assert status == 200, answer
        self.token, self.id = answer["token"], answer["user_id"]
        status, answer = self.call("POST", f"/test/users/{self.id}/security-flags",
                                   {"set_flags": ["HAS_SESSION_STARTED"]})
        assert status == 200, answer

    def call(self, method, path, body=None, content_type="application/json"):
        """(status, JSON)."""
        headers = {"X-Forwarded-For": f"10.5.{self.number >> 8}.{self.number & 255}"}
        if self.token:
            headers["Authorization"] = self.token
        if body is not None:
            headers["Content-Type"] = content_type
            body = body if isinstance(body, bytes) else json.dumps(body).encode()
        status, _, text = request(method, self.server.base + "/api/v1" + path, body, headers)
        try:
            return status, json.loads(text or b"null")
        except ValueError:
            return status, {"raw": text[:300]}

    def guild(self, **settings):
        """(guild, its text channel)."""
        status, guild = self.call("POST", "/guilds", {"name": "guild"})
        assert status in (200, 201), guild
        if settings:
            status, answer = self.call("PATCH", f"/guilds/{guild['id']}", settings)
            assert status == 200, answer
        _, channels = self.call("GET", f"/guilds/{guild['id']}/channels")
        return guild["id"], next(channel["id"] for channel in channels if channel["type"] == 0)

    def send(self, channel, files, **message):
        """A message with files: (name, bytes), or (name, bytes, more of its entry)."""
        entries = [{"id": at, "filename": file[0], **(file[2] if len(file) > 2 else {})}
                   for at, file in enumerate(files)]
        parts = [b'Content-Disposition: form-data; name="payload_json"\r\n\r\n'
                 + json.dumps({**message, "attachments": entries}).encode()]
        parts += [f'Content-Disposition: form-data; name="files[{at}]"; filename="f"\r\n\r\n'.encode() + file[1]
                  for at, file in enumerate(files)]
        body = b"".join(b"--cut\r\n" + part + b"\r\n" for part in parts) + b"--cut--\r\n"
        return self.call("POST", f"/channels/{channel}/messages", body, "multipart/form-data; boundary=cut")


def png(width, height, pixel=(200, 30, 30), noise=0):
    """A PNG of one colour; `noise` makes it another file of the same look."""
    row = bytes([0]) + bytes(pixel) * width

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    extra = chunk(b"tEXt", b"number\0%d" % noise) if noise else b""
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", zlib.compress(row * height))
            + chunk(b"IEND", b""))


def made(name, arguments):
    """A file made by ffmpeg."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, name)
        subprocess.run(["ffmpeg", "-v", "error", "-nostdin", *arguments.split(), path], check=True)
        with open(path, "rb") as file:
            return file.read()


class Checks:
    """Counts what held and what did not; the last line tells."""

    def __init__(self):
        self.passed = self.failed = 0

    def __call__(self, what, holds, detail=""):
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED: {what} {detail!r:.600}", flush=True)
        return holds

    def equal(self, what, found, wanted):
        return self(what, found == wanted, (found, wanted))

    def end(self):
        print(f"{self.passed} passed, {self.failed} failed")
        return 1 if self.failed else 0
