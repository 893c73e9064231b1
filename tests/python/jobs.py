"""Background jobs of a real server: exports, deletions, timed statuses, dead letters on the command line, the
queue's HTTP service, and SIGKILL in the middle of all of it, again and again.

`tests/python/jobs.py BINARY [jetstream]`. Starts servers of its own in test mode on a loopback address; with
`jetstream` the jobs are kept by a NATS server, which is killed as well. The last line is `N passed, N failed`.
"""

import datetime
import email
import email.policy
import http.server
import io
import json
import os
import pathlib
import queue
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
import zipfile

from aiosmtpd.controller import Controller

import steps

BINARY = os.path.abspath(sys.argv[1])
JETSTREAM = sys.argv[2:] == ["jetstream"]
PATIENCE = 30  # seconds
ROUNDS = 20
HOST = f"127.0.0.{2 + os.getpid() % 250}"
random.seed(7)


def wait(what, ready):
    """The first true value of `ready`, which is asked until PATIENCE is over."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        value = ready()
        if value:
            return value
        time.sleep(0.05)  # polling another process
    raise AssertionError(f"{what} did not happen within {PATIENCE} s")


class Nats:
    """A NATS server with JetStream, in a folder of its own."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="fluxer-nats-"))
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            self.port = probe.getsockname()[1]
        self.process = None
        self.start()

    def start(self):
        program = pathlib.Path(sys.executable).parent / "nats-server"
        log = open(self.folder / "log", "ab")
        self.process = subprocess.Popen(
            [program if program.exists() else "nats-server", "-a", HOST, "-p", str(self.port), "--auth", "nats-secret",
             "-js", "-sd", self.folder / "store"], stdout=log, stderr=log)
        wait("the start of NATS", self.listens)

    def listens(self):
        assert self.process.poll() is None, "NATS ended: " + (self.folder / "log").read_text()[-3000:]
        try:
            socket.create_connection((HOST, self.port), timeout=2).close()
            return True
        except OSError:
            return False

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def remove(self):
        self.kill()
        shutil.rmtree(self.folder)


class Server:
    def __init__(self, nats=None, **settings):
        self.nats, self.settings = nats, settings
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="fluxer-jobs-"))
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            self.port = probe.getsockname()[1]
        self.base = f"http://{HOST}:{self.port}"
        self.process = None
        self.start()

    def environment(self):
        nats = {"FLUXER_CONFIG__NATIVE__JOBS__BACKEND": "jetstream",
                "FLUXER_CONFIG__SERVICES__NATS__JETSTREAM_URL": f"nats://{HOST}:{self.nats.port}",
                "FLUXER_CONFIG__SERVICES__NATS__AUTH_TOKEN": "nats-secret"} if self.nats else {}
        return {**os.environ, **nats, "FLUXER_CONFIG__ENV": "test", "FLUXER_CONFIG__DEV__TEST_MODE_ENABLED": "true",
                "FLUXER_CONFIG__DEV__RELAX_REGISTRATION_RATE_LIMITS": "true",
                "FLUXER_CONFIG__DEV__DISABLE_RATE_LIMITS": "true",
                "FLUXER_CONFIG__SERVICES__SERVER__HOST": HOST,
                "FLUXER_CONFIG__SERVICES__SERVER__PORT": str(self.port),
                "FLUXER_CONFIG__SERVICES__QUEUE__SECRET": "queue-secret",
                "FLUXER_CONFIG__DOMAIN__BASE_DOMAIN": HOST,
                "FLUXER_CONFIG__DOMAIN__PUBLIC_PORT": str(self.port), **self.settings}

    def start(self):
        log = open(self.folder / "log", "ab")
        self.process = subprocess.Popen([BINARY, "serve"], cwd=self.folder, env=self.environment(),
                                        stdout=log, stderr=log)
        wait("the start", self.healthy)

    def healthy(self):
        assert self.process.poll() is None, "the server ended: " + (self.folder / "log").read_text()[-3000:]
        try:
            with urllib.request.urlopen(self.base + "/_health", timeout=2) as answer:
                return answer.status == 200
        except OSError:
            return False

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(timeout=40) == 0
        log = (self.folder / "log").read_text()
        assert "panicked" not in log, log[-3000:]
        shutil.rmtree(self.folder)

    def command(self, *arguments):
        done = subprocess.run([BINARY, *arguments], cwd=self.folder, env=self.environment(), text=True,
                              capture_output=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def call(self, method, path, body=None, token=None, raw=False, prefix="/api/v1"):
        url = path if path.startswith("http") else self.base + prefix + path
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(url, data=data, method=method)
        if data is not None:
            request.add_header("content-type", "application/json")
        if token:
            request.add_header("authorization", token)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                status, content = answer.status, answer.read()
        except urllib.error.HTTPError as error:
            status, content = error.code, error.read()
        if raw:
            return status, content
        return status, json.loads(content) if content else None


class Person:
    count = 0

    def __init__(self, server):
        Person.count += 1
        self.server = server
        self.name = f"p{Person.count}x{os.getpid()}"
        self.email = f"{self.name}@example.com"
        self.password = f"pw-{self.name}-9Z"
        made = self.ok("POST", "/auth/register", {
            "username": self.name, "email": self.email, "password": self.password,
            "date_of_birth": "1990-01-01", "consent": True})
        self.id, self.token = made["user_id"], made["token"]
        self.ok("POST", f"/test/users/{self.id}/security-flags", {"set_flags": ["HAS_SESSION_STARTED"]})

    def call(self, method, path, body=None, **more):
        return self.server.call(method, path, body, token=getattr(self, "token", None), **more)

    def ok(self, method, path, body=None):
        status, answer = self.call(method, path, body)
        assert status in (200, 201, 204), (method, path, status, answer)
        return answer

    def guild(self):
        guild = self.ok("POST", "/guilds", {"name": "guild of " + self.name})
        channels = self.ok("GET", f"/guilds/{guild['id']}/channels")
        return guild["id"], next(c["id"] for c in channels if c["type"] == 0)

    def join(self, owner, channel):
        code = owner.ok("POST", f"/channels/{channel}/invites", {"unique": True})["code"]
        self.ok("POST", f"/invites/{code}")

    def say(self, channel, text):
        return self.ok("POST", f"/channels/{channel}/messages", {"content": text})["id"]

    def mails(self, kind):
        emails = self.ok("GET", f"/test/emails?recipient={self.email}")["emails"]
        return [mail for mail in emails if mail["type"] == kind]


PIXEL = ("data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
         "AABJRU5ErkJggg==")


def everything(person, channel):
    texts, before = [], ""
    while True:
        page = person.ok("GET", f"/channels/{channel}/messages?limit=100{before}")
        if not page:
            return texts
        texts += [(message["id"], message["content"], message["author"]["id"]) for message in page]
        before = f"&before={page[-1]['id']}"


def exports(server):
    """An export holds what the account is, and no secret; it is fetched by link, and mailed about once."""
    owner, other = Person(server), Person(server)
    guild, channel = owner.guild()
    other.join(owner, channel)
    written = [owner.say(channel, f"mine {n} é") for n in range(230)]
    other.say(channel, "not mine")
    owner.ok("PATCH", "/users/@me", {"avatar": PIXEL})
    owner.ok("PUT", f"/users/@me/notes/{other.id}", {"note": "a good one"})
    owner.ok("POST", f"/users/@me/relationships/{other.id}", {})
    assert owner.call("GET", "/users/@me/harvest/latest") == (200, None)
    assert owner.call("GET", "/users/@me/harvest/1")[1]["code"] == "UNKNOWN_HARVEST"
    asked = owner.ok("POST", "/users/@me/harvest")
    assert asked["status"] == "pending", asked
    path = f"/users/@me/harvest/{asked['harvest_id']}"
    assert other.call("GET", path)[1]["code"] == "UNKNOWN_HARVEST"
    done = wait("the export", lambda: (h := owner.ok("GET", path))["status"] == "completed" and h)
    assert done["progress_percent"] == 100 and int(done["file_size"]) > 0 and done["completed_at"], done
    assert owner.ok("GET", "/users/@me/harvest/latest")["harvest_id"] == asked["harvest_id"]
    link = owner.ok("GET", path + "/download")["download_url"]
    status, content = server.call("GET", link, raw=True)
    assert (status, len(content)) == (200, int(done["file_size"])), status
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    assert set(archive.namelist()) == {
        "user.json", "payments/payment_history.json", "integrations/oauth.json", "account/security.json",
        "assets/user/avatar.png", f"channels/{channel}/messages.json"}, archive.namelist()
    messages = json.loads(archive.read(f"channels/{channel}/messages.json"))
    assert [message["id"] for message in messages] == written
    assert messages[0].keys() == {"id", "timestamp", "content", "attachments"}
    assert messages[7]["content"] == "mine 7 é"
    user = json.loads(archive.read("user.json"))
    assert user.keys() == {
        "user", "auth_sessions", "relationships", "notes", "user_settings", "guild_memberships",
        "user_guild_settings", "saved_messages", "private_channels", "favorite_memes", "push_subscriptions",
        "webauthn_credentials", "mfa_backup_codes", "gift_codes_created", "payments", "oauth_applications",
        "pinned_dms", "authorized_ips", "activity_data"}, user.keys()
    assert user["user"]["email"] == owner.email and user["notes"] == {other.id: "a good one"}
    assert user["guild_memberships"][0]["guild_id"] == guild
    text = b"".join(archive.read(name) for name in archive.namelist())
    for secret in (owner.token, owner.password, "argon2", "password_hash", "totp_secret"):
        assert secret.encode() not in text, secret
    for wrong in (link[:-1] + ("0" if link[-1] != "0" else "1"), link.replace("expires=", "expires=9"),
                  link.replace(owner.id, other.id)):
        status, answer = server.call("GET", wrong)
        assert (status, answer["code"]) == (404, "UNKNOWN_HARVEST"), (wrong, status)
    mails = wait("the mail", lambda: owner.mails("harvest_completed"))
    assert len(mails) == 1 and mails[0]["metadata"]["total_messages"] == "230", mails
    assert server.call("GET", mails[0]["metadata"]["download_url"], raw=True)[0] == 200
    owner.ok("POST", f"/test/users/{owner.id}/harvest/{asked['harvest_id']}/set-expiration",
             {"expires_at": "2020-01-01T00:00:00.000Z"})
    assert owner.call("GET", path + "/download")[1]["code"] == "HARVEST_EXPIRED"
    assert server.call("GET", link)[0] == 404


def archives(server):
    """An operator's archive of a guild holds everything that is in it, and is fetched by a signed address."""
    owner, member = Person(server), Person(server)
    guild, channel = owner.guild()
    member.join(owner, channel)
    owner.ok("PATCH", f"/guilds/{guild}", {"icon": PIXEL})
    owner.ok("POST", f"/guilds/{guild}/roles", {"name": "helpers"})
    emoji = owner.ok("POST", f"/guilds/{guild}/emojis", {"name": "dot", "image": PIXEL})["id"]
    said = [(owner, member)[n % 2].say(channel, f"said {n} é") for n in range(450)]
    refused = subprocess.run([BINARY, "archive", "guild", "1"], cwd=server.folder, env=server.environment(),
                             capture_output=True, text=True)
    assert refused.returncode == 1, refused
    assert json.loads(server.command("archive", "list", guild)) == []
    server.command("archive", "guild", guild)
    listed = lambda: json.loads(server.command("archive", "list", guild))[0]
    done = wait("the archive", lambda: (a := listed())["status"] == "completed" and a)
    assert done["progress_percent"] == 100 and done["expires_at"] > "2027", done
    status, content = server.call("GET", done["download_url"], raw=True)
    assert (status, len(content)) == (200, done["file_size"]), status
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    read = lambda name: json.loads(archive.read(name))
    assert {"guild.json", "roles.json", "members.json", "emojis.json", "stickers.json", "channels.json",
            "assets/guild/icon.png", f"channels/{channel}/messages.json"} <= set(archive.namelist()), archive.namelist()
    assert read("guild.json")["guild_id"] == guild and read("guild.json")["member_count"] == 2
    assert {role["name"] for role in read("roles.json")} == {"@everyone", "helpers"}
    assert {m["user"]["id"] for m in read("members.json")} == {owner.id, member.id}
    assert [e["emoji_id"] for e in read("emojis.json")] == [emoji] and read("stickers.json") == []
    texts = [m for m in read(f"channels/{channel}/messages.json") if m["content"].startswith("said")]
    assert [m["id"] for m in texts] == said and texts[7]["content"] == "said 7 é"
    assert {m["author_id"] for m in texts} == {owner.id, member.id}
    text = b"".join(archive.read(name) for name in archive.namelist())
    for secret in (owner.token, owner.email, member.email, "argon2"):
        assert secret.encode() not in text, secret
    longer = done["download_url"].replace("Expires=604800", "Expires=604799")
    assert longer != done["download_url"] and server.call("GET", longer, raw=True)[0] == 403


def purges(server):
    """A deleted account leaves nothing readable: messages have another author, objects and rows are gone."""
    owner, leaver = Person(server), Person(server)
    _, channel = owner.guild()
    leaver.join(owner, channel)
    ids = {leaver.say(channel, f"hello {n}") for n in range(120)}
    leaver.ok("PATCH", "/users/@me", {"avatar": PIXEL})
    harvest = leaver.ok("POST", "/users/@me/harvest")["harvest_id"]
    path = f"/users/@me/harvest/{harvest}"
    wait("the export", lambda: leaver.ok("GET", path)["status"] == "completed")
    link = leaver.ok("GET", path + "/download")["download_url"]
    application = leaver.ok("POST", "/oauth2/applications", {"name": "mine"})
    owner.ok("POST", f"/test/users/{leaver.id}/set-pending-deletion", {})
    server.command("jobs", "run", "userProcessPendingDeletions")
    seen = lambda: owner.ok("GET", f"/test/users/{leaver.id}/data-exists")
    wait("the deletion", lambda: seen()["has_deleted_flag"])
    state = seen()
    assert state["email_cleared"] and state["password_cleared"] and state["sessions_count"] == 0, state
    found = {i: author for i, _, author in everything(owner, channel) if i in ids}
    assert found.keys() == ids and leaver.id not in found.values() and len(set(found.values())) == 1
    assert server.call("GET", link)[0] == 404
    assert not list((server.folder / "data").rglob(f"*{leaver.id}*avatar*"))
    assert owner.call("GET", f"/oauth2/applications/{application['id']}/public")[0] == 404
    assert leaver.call("GET", "/users/@me")[0] == 401
    # name and address are free again
    again = owner.call("POST", "/auth/register", {
        "username": leaver.name, "email": leaver.email, "password": leaver.password,
        "date_of_birth": "1990-01-01", "consent": True})
    assert again[0] == 200, again


def statuses(server):
    """A custom status that was set for a time ends by itself."""
    person = Person(server)
    at = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=1.5)
    sent = {"custom_status": {"text": "back soon", "expires_at": at.isoformat().replace("+00:00", "Z")}}
    assert person.ok("PATCH", "/users/@me/settings", sent)["custom_status"]["text"] == "back soon"
    wait("the end", lambda: person.ok("GET", "/users/@me/settings")["custom_status"] is None)
    assert datetime.datetime.now(datetime.UTC) >= at


def service(server):
    """The queue over HTTP, and the command line on the same queue beside the running server."""
    def ask(method, path, body=None, token="Bearer queue-secret"):
        return server.call(method, path, body, token=token, prefix="/queue", raw=True)

    def do(method, path, body=None):
        status, content = ask(method, path, body)
        assert status == 200, (method, path, status, content)
        return json.loads(content)

    assert ask("GET", "/stats", token=None)[0] == 401
    assert ask("GET", "/stats", token="Bearer wrong")[0] == 401
    assert json.loads(server.call("GET", "/_health", prefix="/queue", raw=True)[1]) == {"status": "ok"}
    for wrong in ({}, {"task_type": "", "payload": 1}, {"task_type": "a", "payload": 1, "priority": 101},
                  {"task_type": "a", "payload": 1, "max_attempts": 0}, {"task_type": "a" * 257, "payload": 1}):
        status, content = ask("POST", "/enqueue", wrong)
        assert status in (400, 422) and content.startswith(b"Error: "), (wrong, status, content)
    low = do("POST", "/enqueue", {"task_type": "work", "payload": {"n": 1}, "max_attempts": 1})
    high = do("POST", "/enqueue", {"task_type": "work", "payload": {"n": 2}, "priority": 9, "deduplication_id": "d"})
    twice = do("POST", "/enqueue", {"task_type": "work", "payload": {"n": 3}, "deduplication_id": "d"})
    assert low["enqueued"] and high["enqueued"]
    assert twice == {"job_id": high["job_id"], "enqueued": False}
    first, = do("GET", "/dequeue?task_types=other,work&visibility_timeout_ms=5000")
    assert (first["job"]["payload"], first["job"]["attempts"], first["job"]["deduplication_id"]) == ({"n": 2}, 1, "d")
    second, = do("GET", "/dequeue?task_types=work&limit=10")
    assert do("GET", "/dequeue?task_types=work&limit=10&wait_time_ms=150") == []
    assert do("POST", "/visibility", {"receipt": first["receipt"], "timeout_ms": 60000}) is None
    assert do("POST", "/ack", {"receipt": first["receipt"]}) is None
    assert ask("POST", "/ack", {"receipt": first["receipt"]})[0] == 404
    assert do("POST", "/nack", {"receipt": second["receipt"], "error": "no luck"}) is None
    dead = json.loads(server.command("jobs", "dead", "--json"))
    assert [(d["id"], d["kind"], d["reason"]) for d in dead] == [(low["job_id"], "work", "no luck")], dead
    assert "no luck" in server.command("jobs", "dead") and low["job_id"] in server.command("jobs", "dead")
    assert json.loads(server.command("jobs", "show", low["job_id"]))["payload"] == {"n": 1}
    assert do("GET", "/stats")["queue"]["dead_letter"] == 1
    server.command("jobs", "retry", low["job_id"])
    again, = do("GET", "/dequeue?task_types=work&wait_time_ms=5000")
    assert again["job"]["id"] == low["job_id"]
    do("POST", "/nack", {"receipt": again["receipt"]})
    assert do("POST", f"/retry/{low['job_id']}") is None and ask("POST", f"/retry/{low['job_id']}")[0] == 404
    assert do("DELETE", f"/job/{low['job_id']}") is None and ask("DELETE", f"/job/{low['job_id']}")[0] == 404
    assert do("POST", "/cron", {"id": "c", "task_type": "tick", "payload": 7, "cron_expression": "* * * * * *"}) is None
    assert ask("POST", "/cron", {"id": "c", "task_type": "tick", "cron_expression": "* * *"})[0] == 400
    ticked, = do("GET", "/dequeue?task_types=tick&wait_time_ms=10000")
    assert ticked["job"]["payload"] == 7
    do("POST", "/cron", {"id": "c", "task_type": "tick", "cron_expression": "* * * * * *", "enabled": False})
    crons = {cron["id"]: cron for cron in do("GET", "/stats")["crons"]}
    assert crons["c"]["last_run_at"] and not crons["c"]["enabled"]
    assert crons["processAssetDeletionQueue"]["cron_expression"] == "0 */5 * * * *"
    assert "processAssetDeletionQueue" in server.command("jobs", "stats")
    assert "fluxer_queue_jobs{" in ask("GET", "/metrics")[1].decode()
    refused = subprocess.run([BINARY, "jobs", "run", "nonsense"], cwd=server.folder, env=server.environment(),
                             capture_output=True, text=True)
    assert refused.returncode == 1 and "no kind of job" in refused.stderr


def kills(server):
    """SIGKILL at random moments: no acknowledged job is lost, and none is done twice where it shows."""
    owner = Person(server)
    guild, channel = owner.guild()
    owner.ok("POST", f"/test/guilds/{guild}/features", {"add_features": ["MT_MESSAGE_SCHEDULING"]})
    doomed = [owner.say(channel, f"doomed {n}") for n in range(30)]
    promised, harvests, number = set(), [], 0
    for round in range(ROUNDS):
        stop = threading.Event()

        def schedule():
            nonlocal number
            while not stop.is_set():
                number += 1
                at = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=random.uniform(0.3, 1.5))
                body = {"content": f"job {number}", "timezone": "UTC",
                        "scheduled_local_at": at.replace(tzinfo=None).isoformat(timespec="milliseconds")}
                try:
                    status, _ = owner.call("POST", f"/channels/{channel}/messages/schedule", body)
                except OSError:
                    return
                if status == 201:
                    promised.add(body["content"])

        writer = threading.Thread(target=schedule)
        writer.start()
        if round % 4 == 0:
            harvests.append(owner.ok("POST", "/users/@me/harvest")["harvest_id"])
        if round == 3:
            owner.ok("POST", "/test/users/%s/security-flags" % owner.id, {"set_flags": ["STAFF"]})
        # not a wait for anything: the moment of the kill is what is drawn
        time.sleep(random.uniform(0.05, 1.2))
        if server.nats and round % 3 == 1:
            server.nats.kill()  # the server goes on: what is promised now waits in its database
            time.sleep(random.uniform(0.05, 0.5))
        server.kill()
        stop.set()
        writer.join()
        if server.nats and server.nats.process.poll() is not None:
            server.nats.start()
        server.start()
    counts = lambda: [text for _, text, _ in everything(owner, channel) if text.startswith("job ")]
    wait("every promised message", lambda: promised <= set(counts()))
    sent = counts()
    assert len(sent) == len(set(sent)), sorted(text for text in sent if sent.count(text) > 1)
    left = owner.ok("GET", "/users/@me/scheduled-messages")
    wait("the end of the schedule", lambda: owner.ok("GET", "/users/@me/scheduled-messages") == [])
    for harvest in harvests:
        path = f"/users/@me/harvest/{harvest}"
        wait("an export", lambda: owner.ok("GET", path)["status"] == "completed")
        link = owner.ok("GET", path + "/download")["download_url"]
        assert zipfile.ZipFile(io.BytesIO(server.call("GET", link, raw=True)[1])).testzip() is None
    assert json.loads(server.command("jobs", "dead", "--json")) == []
    assert len(doomed) == 30 and left is not None
    print(f"      {ROUNDS} kills, {len(promised)} scheduled messages promised, {len(sent)} sent, none twice; "
          f"{len(harvests)} exports complete")


def letters(_):
    """Killed when the mail server has the letter and before that is written down: it comes again under the same
    Message-ID, by which it is known for the same, and no third time."""
    taken, killed = queue.Queue(), []

    class Box:
        async def handle_DATA(self, smtp, session, envelope):
            letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
            if not killed:
                killed.append(True)
                sender.kill()
            taken.put(letter["message-id"])
            return "250 OK"

    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    smtp = json.dumps({"enabled": True, "provider": "smtp", "from_email": "chat@example.org", "from_name": "Chat",
                       "smtp": {"host": HOST, "port": port, "secure": False}})
    sender = Server(FLUXER_CONFIG__DEV__TEST_MODE_ENABLED="false", FLUXER_CONFIG__INTEGRATIONS__EMAIL=smtp)
    controller = Controller(Box(), hostname=HOST, port=port)
    controller.start()
    try:
        sender.command("user", "create", "--email", "someone@example.com", "--username", "someone")
        try:
            sender.call("POST", "/auth/forgot", {"email": "someone@example.com"})
        except OSError:
            pass  # killed before it could answer
        first = taken.get(timeout=PATIENCE)
        sender.start()
        wait("the end of the jobs", lambda: json.loads(sender.command("jobs", "list", "--json")) == [])
        assert json.loads(sender.command("jobs", "dead", "--json")) == []
        # the new account's own letter is among them
        ids = [first] + [taken.get() for _ in range(taken.qsize())]
        assert ids.count(first) == 2 and all(ids.count(one) <= 2 for one in ids), ids
    except BaseException:
        sender.kill()
        raise
    finally:
        controller.stop()
    sender.stop()


def previews(_):
    """Killed right after a message with a link was written or edited: the preview comes all the same."""
    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            body = f"<html><head><meta property='og:title' content='page {self.path}'></head></html>".encode()
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    # not the host of the instance: links to that one are none
    pages = http.server.ThreadingHTTPServer(("127.0.1.1", 0), Page)
    threading.Thread(target=pages.serve_forever, daemon=True).start()
    server = Server(FLUXER_CONFIG__NATIVE__OUTBOUND__ALLOWED_NETWORKS='["127.0.0.0/8"]',
                    FLUXER_CONFIG__SERVICES__API__UNFURL_IGNORED_HOSTS="[]")
    try:
        owner = Person(server)
        _, channel = owner.guild()
        for round in range(ROUNDS // 2):
            link = lambda name: f"http://127.0.1.1:{pages.server_port}/{name}{round}"
            new = owner.say(channel, link("new"))
            old = owner.say(channel, "no link yet")
            owner.ok("PATCH", f"/channels/{channel}/messages/{old}", {"content": link("edited")})
            server.kill()
            server.start()
            for message, name in ((new, "new"), (old, "edited")):
                path = f"/channels/{channel}/messages/{message}"
                embeds = wait(f"the preview of {name}{round}", lambda: owner.ok("GET", path)["embeds"])
                assert [embed["title"] for embed in embeds] == [f"page /{name}{round}"], embeds
    except BaseException:
        server.kill()
        raise
    finally:
        pages.shutdown()
    server.stop()


def members(server):
    """SIGKILL while people come and go: the count of members is the number of members."""
    owner, people = Person(server), [Person(server) for _ in range(4)]
    guild, channel = owner.guild()
    code = owner.ok("POST", f"/channels/{channel}/invites", {"unique": True})["code"]
    for round in range(ROUNDS // 2):
        stop = threading.Event()

        def wander(person):
            while not stop.is_set():
                try:
                    person.call("POST", f"/invites/{code}")
                    person.call("DELETE", f"/users/@me/guilds/{guild}")
                except OSError:
                    return

        walkers = [threading.Thread(target=wander, args=(person,)) for person in people]
        for walker in walkers:
            walker.start()
        # not a wait for anything: the moment of the kill is what is drawn
        time.sleep(random.uniform(0.05, 0.4))
        server.kill()
        stop.set()
        for walker in walkers:
            walker.join()
        server.start()
        there = {member["user"]["id"] for member in owner.ok("GET", f"/guilds/{guild}/members?limit=100")}
        assert owner.ok("GET", f"/invites/{code}")["member_count"] == len(there), (round, there)
        for person in people:
            own = {g["id"] for g in person.ok("GET", "/users/@me/guilds")}
            assert (guild in own) == (person.id in there), (round, person.name)


def main():
    nats = Nats() if JETSTREAM else None
    server = Server(nats)
    if nats:
        status, answer = server.call("GET", "/_health", prefix="")
        assert (status, answer["services"]["jetstream"]["status"]) == (200, "healthy"), answer
    passed, failed = steps.run(
        (exports, archives, purges, statuses, service, letters, previews, members, kills), server,
        afterwards=lambda: server.process.poll() is None or server.start())
    if failed:
        print((server.folder / "log").read_text()[-4000:])
        server.kill()
        shutil.rmtree(server.folder)
    else:
        server.stop()
    if nats:
        nats.remove()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
