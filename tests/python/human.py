"""A person at a keyboard: plain HTTP and a plain WebSocket, no client library.

Everything waits for something that must happen and fails after PATIENCE seconds; nothing sleeps.
"""

import asyncio
import itertools
import json
import os

import aiohttp

PATIENCE = 15  # seconds
_numbers = itertools.count(1)


class Inbox:
    """Things that happened, for tests that wait for one of them."""

    def __init__(self):
        self.items = []
        self._changed = asyncio.Condition()

    async def put(self, item):
        async with self._changed:
            self.items.append(item)
            self._changed.notify_all()

    async def wait(self, wanted, what):
        """The first item that `wanted` accepts, from the beginning."""

        def found():
            return next((item for item in self.items if wanted(item)), None)

        try:
            async with self._changed, asyncio.timeout(PATIENCE):
                return await self._changed.wait_for(found)
        except TimeoutError:
            seen = [item[0] if isinstance(item, tuple) else item for item in self.items]
            raise AssertionError(f"no {what} in {PATIENCE} s; there were {seen}") from None


class Human:
    """An account made through the API, with a gateway session."""

    def __init__(self, base, web):
        self.base, self.web = base, web
        self.number = next(_numbers)
        self.name = f"human{os.getpid()}n{self.number}"
        self.token = self.id = self.socket = self.reader = None
        self.seq = None
        self.events = Inbox()

    async def call(self, method, path, body=None, expect=(200, 201, 204)):
        headers = {"X-Forwarded-For": f"10.7.{self.number >> 8}.{self.number & 255}"}
        if self.token:
            headers["Authorization"] = self.token
        async with self.web.request(method, self.base + path, json=body, headers=headers) as answer:
            text = await answer.text()
            assert answer.status in expect, f"{method} {path}: {answer.status} {text}"
            return json.loads(text) if text else None

    async def register(self):
        answer = await self.call("POST", "/auth/register", {
            "username": self.name, "email": f"{self.name}@example.com", "password": f"pw-{self.name}-9Zq",
            "date_of_birth": "1990-01-01", "consent": True})
        self.token, self.id = answer["token"], answer["user_id"]
        await self.call("POST", f"/test/users/{self.id}/security-flags", {"set_flags": ["HAS_SESSION_STARTED"]})
        return self

    async def come_online(self, gateway, guild=None):
        self.socket = await self.web.ws_connect(gateway + "?v=1&encoding=json", max_msg_size=0)
        hello = await self.socket.receive_json()
        assert hello["op"] == 10 and hello["d"]["heartbeat_interval"] == 41250, hello
        await self.send(2, {"token": self.token, "initial_guild_id": guild,
                            "properties": {"os": "linux", "browser": "test", "device": "test"}})
        self.reader = asyncio.create_task(self._read())
        return await self.event("READY")

    async def _read(self):
        async for message in self.socket:
            frame = json.loads(message.data)
            if frame["op"] == 0:
                self.seq = frame["s"]
                await self.events.put((frame["t"], frame["d"]))
            elif frame["op"] == 1:
                await self.send(1, self.seq)

    async def send(self, op, data):
        await self.socket.send_str(json.dumps({"op": op, "d": data}))

    async def event(self, name, wanted=lambda data: True):
        """The first event of that name that `wanted` accepts."""
        return (await self.events.wait(lambda event: event[0] == name and wanted(event[1]), name))[1]

    async def say(self, channel, content, **more):
        return await self.call("POST", f"/channels/{channel}/messages", {"content": content, **more})

    async def leave(self):
        if self.socket is not None:
            await self.socket.close()
            await self.reader
