"""Known abuse material is refused, by either of the services that recognise it. The services are small servers of this
test's own which speak as the real ones do and know one harmless picture.

`tests/python/child_safety.py BINARY`. The last line is `N passed, N failed`.
"""

import base64
import http.server
import json
import sqlite3
import sys
import threading
import urllib.error

import steps
from deletions import attach, objects
from jobs import PIXEL, Person, Server

BAD = base64.b64decode(PIXEL.split(",")[1])
# another picture: a GIF of one pixel
GOOD = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


class Service(http.server.ThreadingHTTPServer):
    """A scan service on the loopback; `asked` is what it was asked."""

    def __init__(self, answer):
        service, self.asked = self, []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                service.asked.append((self.path, dict(self.headers), body))
                status, answered = answer(self.path, self.headers, body)
                content = json.dumps(answered).encode()
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_):
                pass

        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, daemon=True).start()


def refused(person, channel, name, content):
    try:
        attach(person, channel, "look", name, content)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)["code"]
    raise AssertionError("it was taken")


def rows(server, query):
    database = sqlite3.connect(server.folder / "data" / "fluxer.db", timeout=30)
    try:
        return database.execute(query).fetchall()
    finally:
        database.close()


def evidence(server, person, count):
    """Every match has a report by the system and its evidence."""
    filed = rows(server, "SELECT report_id, reported_user_id, reporter_id, category FROM iar_submissions")
    assert len(filed) == count, filed
    assert all(row[1:] == (int(person.id), 0, "child_safety") for row in filed), filed
    for report, *_ in filed:
        kept = [path for path in objects(server, str(report)) if "reports" in path.parts]
        names = {path.name for path in kept}
        assert {"metadata.json", "match.json", "hashes.json", "frames.json", "context.json",
                "contact_logs.json"} <= names, names
        assert any(BAD in path.read_bytes() for path in kept), names
        log, = [path for path in kept if path.name == "contact_logs.json"]
        assert person.email.encode() in log.read_bytes()


def use(server):
    """Refuses what is known wherever it is brought in, under whatever name, and takes everything else."""
    person = Person(server)
    guild, channel = person.guild()
    assert refused(person, channel, "nice.png", BAD) == (403, "CONTENT_BLOCKED")
    assert refused(person, channel, "notes.txt", BAD) == (403, "CONTENT_BLOCKED")
    for method, path, body in (
            ("PATCH", "/users/@me", {"avatar": PIXEL}),
            ("PATCH", f"/guilds/{guild}", {"icon": PIXEL}),
            ("POST", f"/guilds/{guild}/emojis", {"name": "dot", "image": PIXEL})):
        status, answer = person.call(method, path, body)
        assert (status, answer["code"]) == (403, "CONTENT_BLOCKED"), (path, status, answer)
    assert person.ok("GET", f"/channels/{channel}/messages") == []
    evidence(server, person, 5)
    taken = attach(person, channel, "fine", "fine.gif", GOOD)
    assert taken["attachments"], taken
    attach(person, channel, "no picture at all", "notes.txt", b"words")
    person.ok("PATCH", "/users/@me", {"avatar": "data:image/gif;base64," + base64.b64encode(GOOD).decode()})
    evidence(server, person, 5)
    return person, channel


def with_photo_dna():
    def answer(path, headers, body):
        if path == "/hash":
            images = json.loads(body)["images"]
            return 200, {"hashes": ["known" if base64.b64decode(image["data"]) == BAD else "unknown" for image in images]}
        assert path == "/match?enhance=true" and headers["Ocp-Apim-Subscription-Key"] == "the-key", (path, headers)
        asked = json.loads(body)
        assert len(asked) <= 5
        return 200, {"TrackingId": "t", "MatchResults": [{"IsMatch": one["Value"] == "known"} for one in asked]}

    service = Service(answer)
    server = Server(FLUXER_CONFIG__INTEGRATIONS__PHOTO_DNA=json.dumps({
        "enabled": True, "hash_service_url": service.url, "match_endpoint": service.url + "/match",
        "subscription_key": "the-key", "match_enhance": True, "rate_limit_rps": 50}))
    return service, server


def with_arachnid():
    again = []

    def answer(_, headers, body):
        if not again:  # the first time it has no time
            again.append(True)
            return 503, {}
        assert headers["authorization"] == "Basic " + base64.b64encode(b"me:secret").decode(), headers
        assert headers["content-type"].startswith("image/"), headers
        return 200, {"classification": "csam" if body == BAD else "no-known-match"}

    service = Service(answer)
    server = Server(FLUXER_CONFIG__INTEGRATIONS__CSAM_INTEGRATION=json.dumps({
        "enabled": True, "provider": "arachnid_shield", "arachnid_shield": {
            "endpoint": service.url, "username": "me", "password": "secret", "retry_backoff_ms": 10}}))
    return service, server


def run(make):
    service, server = make()
    try:
        person, channel = use(server)
        assert service.asked
        # a service that is gone stops nobody
        service.shutdown()
        service.server_close()
        assert attach(person, channel, "unscanned", "nice.png", BAD)["attachments"]
        assert "was not scanned" in (server.folder / "log").read_text()
    except BaseException:
        print((server.folder / "log").read_text()[-3000:])
        server.kill()
        raise
    server.stop()


def photo_dna():
    run(with_photo_dna)


def arachnid():
    run(with_arachnid)


def off():
    """Nobody is asked unless that is configured."""
    server = Server()
    person = Person(server)
    _, channel = person.guild()
    assert attach(person, channel, "look", "nice.png", BAD)["attachments"]
    assert rows(server, "SELECT count(*) FROM iar_submissions") == [(0,)]
    server.stop()


def main():
    passed, failed = steps.run((photo_dna, arachnid, off))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
