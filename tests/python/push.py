"""Web Push against a push service of its own: real subscriptions with real keys, messages
decrypted by another implementation (http-ece), signatures checked by another (cryptography),
and every answer a push service may give.

Runs a server (FLUXER_TEST_BIN) with loopback opened to its outgoing requests.
"""

import base64
import http.server
import json
import os
import pathlib
import queue
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

import http_ece
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

PATIENCE = 20  # seconds until something that must happen has happened


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Service:
    """A push service. Answers by the script of the endpoint; the last answer stays."""

    def __init__(self):
        self.scripts, self.pushes = {}, queue.Queue()
        service = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                script = service.scripts[self.path]
                status = script.pop(0) if len(script) > 1 else script[0]
                status, text = status if isinstance(status, tuple) else (status, "")
                service.pushes.put((self.path, dict(self.headers.items()), body, status))
                self.send_response(status)
                self.send_header("content-length", str(len(text)))
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_):
                pass

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self.http.server_address[1]}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def next(self):
        return self.pushes.get(timeout=PATIENCE)


class Browser:
    """A subscription with its keys."""

    def __init__(self, service, name, *answers):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.auth = os.urandom(16)
        self.path = f"/push/{name}"
        self.endpoint = service.origin + self.path
        service.scripts[self.path] = list(answers)

    def form(self):
        point = self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
        return {"endpoint": self.endpoint, "keys": {"p256dh": b64(point), "auth": b64(self.auth)}}

    def read(self, body):
        return json.loads(http_ece.decrypt(body, private_key=self.key, auth_secret=self.auth, version="aes128gcm"))


class Api:
    def __init__(self, base, token=None):
        self.base, self.token = base, token

    def call(self, method, path, body=None, expect=200):
        headers = {"content-type": "application/json", "x-forwarded-for": "203.0.113.9"}
        if self.token:
            headers["authorization"] = self.token
        request = urllib.request.Request(
            self.base + path, method=method, headers=headers,
            data=None if body is None else json.dumps(body).encode())
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                status, text = answer.status, answer.read()
        except urllib.error.HTTPError as error:
            status, text = error.code, error.read()
        assert status == expect, f"{method} {path}: {status} {text[:400]}"
        return json.loads(text) if text else None

    def account(self, name):
        form = {"username": name, "email": f"{name}@example.com", "password": f"pw-{name}-9Z!",
                "date_of_birth": "1990-01-01", "consent": True}
        made = self.call("POST", "/auth/register", form)
        own = Api(self.base, made["token"])
        own.id, own.name = made["user_id"], name
        own.call("POST", f"/test/users/{own.id}/security-flags", {"set_flags": ["HAS_SESSION_STARTED"]})
        return own

    def subscribe(self, browser):
        return self.call("POST", "/users/@me/push/subscribe", browser.form())["subscription_id"]

    def subscriptions(self):
        return {row["subscription_id"] for row in self.call("GET", "/users/@me/push/subscriptions")["subscriptions"]}

    def say(self, channel, content, **extra):
        return self.call("POST", f"/channels/{channel}/messages", {"content": content, **extra})


def check_signature(headers, origin, public_key):
    """RFC 8292: who sends, to whom, until when."""
    scheme, parameters = headers["authorization"].split(" ", 1)
    assert scheme == "vapid", headers
    given = dict(part.strip().split("=", 1) for part in parameters.split(","))
    assert given["k"] == public_key, "the key browsers were given"
    head, claims, signature = given["t"].split(".")
    assert json.loads(unb64(head)) == {"typ": "JWT", "alg": "ES256"}
    raw = unb64(signature)
    assert len(raw) == 64
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unb64(public_key))
    key.verify(der, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    try:
        key.verify(der, f"{head}.{claims}x".encode(), ec.ECDSA(hashes.SHA256()))
        raise AssertionError("the signature signs anything")
    except InvalidSignature:
        pass
    claims = json.loads(unb64(claims))
    assert claims["aud"] == origin, claims
    assert 0 < claims["exp"] - time.time() <= 12 * 3600 + 5, claims
    assert claims["sub"].startswith("mailto:") and "@" in claims["sub"], claims


def eventually(check, what):
    deadline = time.monotonic() + PATIENCE
    while not check():
        assert time.monotonic() < deadline, f"not in time: {what}"
        time.sleep(0.02)


def run(api, service):
    public_key = api.call("GET", "/.well-known/fluxer")["push"]["public_vapid_key"]
    ada, bob, eve = (api.account(f"{name}_{os.getpid()}") for name in ("ada", "bob", "eve"))
    guild = ada.call("POST", "/guilds", {"name": "Tea Room"})
    channels = ada.call("GET", f"/guilds/{guild['id']}/channels")
    general = next(channel for channel in channels if channel["type"] == 0)
    invite = ada.call("POST", f"/channels/{general['id']}/invites", {})["code"]
    for guest in (bob, eve):
        guest.call("POST", f"/invites/{invite}", {})

    # Nobody has subscriptions: nothing is pushed. Then one does.
    ada.say(general["id"], "before anybody subscribed")
    phone = Browser(service, "phone", 201)
    phone_id = bob.subscribe(phone)
    message = ada.say(general["id"], f"tea <@{bob.id}>? " + "é" * 100)
    path, headers, body, _ = service.next()
    headers = {name.lower(): value for name, value in headers.items()}
    assert path == phone.path
    assert headers["content-encoding"] == "aes128gcm" and headers["ttl"] == "86400", headers
    assert len(body) == 4096, "padded, so that its length tells nothing"
    check_signature(headers, service.origin, public_key)
    note = phone.read(body)
    assert note["title"] == f"{ada.name} (#{general['name']}, Tea Room)", note
    assert note["body"].startswith(f"tea @{bob.name}? é") and 98 <= len(note["body"].encode()) <= 100, note
    assert note["icon"].startswith("http") and note["badge"].endswith("/web/apple-touch-icon.png"), note
    assert note["data"] == {
        "channel_id": general["id"], "message_id": message["id"], "guild_id": guild["id"],
        "url": f"/channels/{guild['id']}/{general['id']}/{message['id']}",
        "badge_count": note["data"]["badge_count"], "target_user_id": bob.id,
    } and note["data"]["badge_count"] >= 0, note

    def expect(text, browser=phone):
        path, _, body, _ = service.next()
        assert (path, browser.read(body)["body"]) == (browser.path, text), (path, browser.read(body))

    # Each of these would push if it were not for its reason; the message after it tells.
    bob.say(general["id"], "one's own message")
    ada.say(general["id"], "said quietly", flags=4096)
    settings = f"/users/@me/guilds/{guild['id']}/settings"
    for change, back in [
        ({"muted": True}, {"muted": False}),
        ({"mobile_push": False}, {"mobile_push": True}),
        ({"message_notifications": 2}, {"message_notifications": 3}),
        ({"message_notifications": 1}, {"message_notifications": 3}),
        ({"channel_overrides": {general["id"]: {"muted": True, "message_notifications": 3, "collapsed": False}}},
         {"channel_overrides": {}}),
    ]:
        bob.call("PATCH", settings, change)
        ada.say(general["id"], f"kept back by {change}")
        bob.call("PATCH", settings, back)
        ada.say(general["id"], f"after {change}"[:100])
        expect(f"after {change}"[:100])
    bob.call("PATCH", settings, {"message_notifications": 1})
    ada.say(general["id"], f"<@{bob.id}> mentioned")
    expect(f"@{bob.name} mentioned")
    bob.call("PATCH", settings, {"message_notifications": 3})
    bob.call("PUT", f"/users/@me/relationships/{eve.id}", {"type": 2})
    eve.say(general["id"], "from somebody blocked")
    ada.say(general["id"], "from somebody else")
    expect("from somebody else")
    hidden = ada.call("POST", f"/guilds/{guild['id']}/channels", {
        "name": "hidden", "type": 0,
        "permission_overwrites": [{"id": guild["id"], "type": 0, "allow": "0", "deny": str(1 << 10)}],
    })
    ada.say(hidden["id"], "behind a door")
    dm = ada.call("POST", "/users/@me/channels", {"recipient_id": bob.id})
    private = ada.say(dm["id"], "psst")
    path, _, body, _ = service.next()
    note = phone.read(body)
    assert (note["title"], note["body"]) == (ada.name, "psst"), note
    assert note["data"]["url"] == f"/channels/@me/{dm['id']}/{private['id']}", note
    assert note["data"]["guild_id"] is None and note["data"]["badge_count"] >= 1, note
    bob.call("PATCH", "/users/@me/guilds/@me/settings", {"muted": True})
    ada.say(dm["id"], "in a muted DM")
    bob.call("PATCH", "/users/@me/guilds/@me/settings", {"muted": False})
    ada.say(dm["id"], "heard again")
    expect("heard again")

    # A service that wants less gets less.
    bob.call("DELETE", f"/users/@me/push/subscriptions/{phone_id}")
    small = Browser(service, "small", 413, 413, 201)
    small_id = bob.subscribe(small)
    ada.say(general["id"], "made smaller")
    sizes = []
    for _ in range(3):
        _, _, body, status = service.next()
        sizes.append((len(body), status))
        assert small.read(body)["body"] == "made smaller"
    assert sizes == [(4096, 413), (2820, 413), (2048, 201)], sizes
    service.scripts[small.path] = [(413, "Data payload is too long by 1500 bytes"), 201]
    ada.say(general["id"], "by as much as it says")
    assert [len(service.next()[2]) for _ in range(2)] == [4096, 4096 - 1500]
    bob.call("DELETE", f"/users/@me/push/subscriptions/{small_id}")

    # Subscriptions that are no more are forgotten; others stay, whatever goes wrong.
    gone, lost, busy = Browser(service, "gone", 410), Browser(service, "lost", 404), Browser(service, "busy", 429)
    ids = {name: bob.subscribe(browser) for name, browser in (("gone", gone), ("lost", lost), ("busy", busy))}
    ada.say(general["id"], "to three browsers")
    assert {service.next()[0] for _ in range(3)} == {gone.path, lost.path, busy.path}
    eventually(lambda: bob.subscriptions() == {ids["busy"]}, "gone and lost are forgotten")

    # A service that keeps failing is left alone; others are not.
    elsewhere = Service()
    fine = Browser(elsewhere, "fine", 201)
    eve.subscribe(fine)
    service.scripts[busy.path] = [500]
    for attempt in range(20):
        ada.say(general["id"], f"failure {attempt}")
        assert fine.read(elsewhere.next()[2])["body"] == f"failure {attempt}"
    tried = service.pushes.qsize()
    assert 5 <= tried < 20, tried
    assert bob.subscriptions() == {ids["busy"]}, "failing is not being gone"


def main():
    binary = pathlib.Path(os.environ["FLUXER_TEST_BIN"]).resolve()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="fluxer-push-"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("FLUXER_")},
        "FLUXER_CONFIG__ENV": "test",
        "FLUXER_CONFIG__DEV__TEST_MODE_ENABLED": "true",
        "FLUXER_CONFIG__DEV__RELAX_REGISTRATION_RATE_LIMITS": "true",
        "FLUXER_CONFIG__SERVICES__SERVER__HOST": "127.0.0.1",
        "FLUXER_CONFIG__SERVICES__SERVER__PORT": str(port),
        "FLUXER_CONFIG__DOMAIN__BASE_DOMAIN": "127.0.0.1",
        "FLUXER_CONFIG__DOMAIN__PUBLIC_PORT": str(port),
        "FLUXER_CONFIG__NATIVE__OUTBOUND__ALLOWED_NETWORKS": json.dumps(["127.0.0.0/8"]),
    }
    log = (folder / "server.log").open("wb")
    server = subprocess.Popen([str(binary), "serve"], cwd=folder, env=environment, stdout=log, stderr=log)
    status = 1
    try:
        base = f"http://127.0.0.1:{port}"

        def healthy():
            try:
                with urllib.request.urlopen(base + "/_health", timeout=1) as answer:
                    return answer.status == 200
            except OSError:
                assert server.poll() is None, "the server ended"
                return False

        eventually(healthy, "a healthy server")
        run(Api(base + "/api"), Service())
        print("push: all of it")
        status = 0
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=35)
        if status:
            print((folder / "server.log").read_text(errors="replace")[-6000:], file=sys.stderr)
        shutil.rmtree(folder, ignore_errors=True)
    return status


if __name__ == "__main__":
    sys.exit(main())
