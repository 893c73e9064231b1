"""The media proxy by itself and at its limits: the media role alone, static mode, behind an edge, what only other
servers of the instance may ask, films through the public routes, a CDN that is told of deletions, and a thousand
pictures at once. Needs FLUXER_TEST_BIN. Ends with `N passed, N failed`.
"""

import base64
import concurrent.futures
import hashlib
import json
import os
import pathlib
import sys
import tempfile
import time

from elsewhere import Elsewhere
from instance import Instance
from person import Checks, Person, made, png, request

SECRET = "test-secret"
PATIENCE = 60  # seconds until something that must happen has happened
MEMORY = 400_000_000
check = Checks()


def wait(what, ready):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if found := ready():
            return found
        time.sleep(0.05)  # polling another process
    raise AssertionError(f"{what} did not happen within {PATIENCE} s")


def settings(**more):
    return {"FLUXER_CONFIG__NATIVE__OUTBOUND__ALLOWED_NETWORKS": '["127.0.0.0/8"]',
            "FLUXER_CONFIG__SERVICES__MEDIA_PROXY__SECRET_KEY": SECRET,
            **{f"FLUXER_CONFIG__{name}": value for name, value in more.items()}}


def get(server, path, **headers):
    status, found, body = request("GET", server.base + path, headers=headers)
    check(f"{path[:60]} is guarded", found["x-content-type-options"] == "nosniff"
          and "sandbox" in (found["content-security-policy"] or ""), dict(found))
    return status, found["content-type"], body


def kind(body):
    starts = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpeg", b"GIF8": "gif", b"RIFF": "webp"}
    return next((name for start, name in starts.items() if body.startswith(start)), "nothing")


def below(attachment):
    return "/attachments/" + attachment["url"].split("/attachments/", 1)[1]


def media_role(home, other, folder, elsewhere, film):
    """A server of its own, whose objects are those of the first one over S3."""
    alone = Instance(folder / "alone", "127.0.0.4", arguments=("--roles", "media"), settings=settings(
        S3__ENDPOINT=home.base + "/s3"))
    alone.start()
    check.equal("health", get(alone, "/_health")[2], b"OK")
    telemetry = json.loads(get(alone, "/internal/telemetry")[2])
    check("telemetry", telemetry["telemetry_enabled"] is False and "timestamp" in telemetry, telemetry)
    for unknown in ("/", "/media/_health", "/api/v1/gateway", "/gateway", "/s3", "/queue"):
        check.equal(f"{unknown} is not here", get(alone, unknown)[0], 404)
    for path, content_type in ((f"{other['avatar']}.png?size=64", "image/png"), (other["picture"], "image/png"),
                               (f"{other['picture']}?width=20&height=10&format=webp", "image/webp"),
                               (f"{other['film']}?width=40&height=30&format=jpeg", "image/jpeg"),
                               (other["film"], "video/mp4")):
        status, found, body = get(alone, path)
        check(f"{path} is served", (status, found) == (200, content_type) and len(body) > 20, (status, found, body[:99]))
    check.equal("a part of a film", request("GET", alone.base + other["film"], headers={"Range": "bytes=4-7"})[::2],
                (206, b"ftyp"))

    def ask(path, question, token=SECRET):
        body = question if isinstance(question, bytes) else json.dumps(question).encode()
        status, _, text = request("POST", alone.base + path, body, {"Authorization": f"Bearer {token}"})
        return status, json.loads(text) if text[:1] == b"{" else text

    picture = png(320, 200)
    s3 = home.s3()
    s3.put_object(Bucket="fluxer-uploads", Key="up-picture", Body=picture)
    s3.put_object(Bucket="fluxer-uploads", Key="up-film", Body=film)
    s3.put_object(Bucket="fluxer-uploads", Key="up-text", Body=b"just words")
    elsewhere.files["/far.png"] = picture
    for path in ("/_metadata", "/_thumbnail", "/_frames"):
        question = {"type": "upload", "upload_filename": "up-picture", "isNSFWAllowed": True}
        check.equal(f"{path} asks for the secret", [ask(path, question, token)[0] for token in ("", "other", SECRET)],
                    [401, 401, 200])
        check.equal(f"{path} is asked by POST", get(alone, path)[0], 405)
        check.equal(f"{path} wants JSON", ask(path, b"{")[0], 400)
    hashed = hashlib.sha256(picture).hexdigest()
    for question in ({"type": "upload", "upload_filename": "up-picture", "filename": "x.png"},
                     {"type": "base64", "base64": base64.b64encode(picture).decode()},
                     {"type": "s3", "bucket": "uploads", "key": "up-picture", "with_base64": True},
                     {"type": "external", "url": elsewhere.base + "/far.png", "with_base64": True}):
        status, told = ask("/_metadata", {**question, "isNSFWAllowed": True})
        check(f"metadata of {question['type']}", status == 200 and (
            told["format"], told["content_type"], told["content_hash"], told["size"], told["width"], told["height"],
            told["animated"], told["nsfw"], told["nsfw_predictions"]) == (
            "png", "image/png", hashed, len(picture), 320, 200, False, False, {}) and told["placeholder"], told)
        check.equal(f"bytes of {question['type']}", told.get("base64"),
                    base64.b64encode(picture).decode() if "with_base64" in question else None)
    status, told = ask("/_metadata", {"type": "upload", "upload_filename": "up-film", "filename": "x.mp4",
                                      "isNSFWAllowed": True})
    check("metadata of a film", status == 200 and (told["width"], told["height"], told["duration"]) == (160, 120, 4)
          and told["content_type"] == "video/mp4" and told["placeholder"] and "animated" not in told, told)
    for wrong in ({"type": "upload", "upload_filename": "up-text", "filename": "x.png"}, {"type": "nothing"},
                  {"type": "s3", "bucket": "elsewhere", "key": "x"}, {"type": "upload", "upload_filename": "missing"},
                  {"type": "external", "url": "http://10.0.0.1/x.png"}, {"type": "base64", "base64": "%"},
                  {"type": "base64", "base64": base64.b64encode(png(9501, 1)).decode()}):
        check.equal(f"no metadata of {wrong.get('type')}", ask("/_metadata", {**wrong, "isNSFWAllowed": True})[0], 400)
    for key, status in (("up-picture", 200), ("up-text", 404), ("missing", 404)):
        found, body = ask("/_thumbnail", {"type": "upload", "upload_filename": key, "isNSFWAllowed": True})
        check(f"thumbnail of {key}", found == status and (status != 200 or kind(body) == "jpeg"), (found, body))
    status, told = ask("/_frames", {"type": "upload", "upload_filename": "up-film", "filename": "x.mp4"})
    frames = told["frames"]
    check("three frames of a film", status == 200 and [frame["mime_type"] for frame in frames] == ["image/jpeg"] * 3
          and all(kind(base64.b64decode(frame["base64"])) == "jpeg" for frame in frames), frames)
    check("in order", 0 < frames[0]["timestamp"] < frames[1]["timestamp"] < frames[2]["timestamp"] < 4,
          [frame["timestamp"] for frame in frames])
    status, told = ask("/_frames", {"type": "s3", "bucket": "uploads", "key": "up-picture"})
    check.equal("a picture is one frame", [base64.b64decode(frame["base64"]) for frame in told["frames"]], [picture])
    alone.stop()


def static_mode(home, folder):
    server = Instance(folder / "static", "127.0.0.4", arguments=("--roles", "media"), settings=settings(
        S3__ENDPOINT=home.base + "/s3", SERVICES__MEDIA_PROXY__STATIC_MODE="true"))
    server.start()
    home.s3().put_object(Bucket="fluxer-static", Key="web/a b.css", Body=b"a{}", ContentType="text/css")
    check.equal("an object as it is", get(server, "/web/a%20b.css"), (200, "text/css", b"a{}"))
    for missing in ("/", "/web", "/web/", "/web/../web/a%20b.css", "/avatars/1/x.png", "/_metadata"):
        check.equal(f"{missing} is missing", get(server, missing)[0], 404)
    check.equal("health", get(server, "/_health")[2], b"OK")
    check.equal("only reading", request("POST", server.base + "/web/a%20b.css", b"x")[0], 405)
    server.stop()


def behind_an_edge(home, folder, elsewhere, avatar):
    elsewhere.files["/v4"], elsewhere.files["/v6"] = b"203.0.113.0/24\n", b"2001:db8::/32\n"
    lists = json.dumps([elsewhere.base + "/v4", elsewhere.base + "/v6"])
    server = Instance(folder / "edge", "127.0.0.4", arguments=("--roles", "media"), settings=settings(
        S3__ENDPOINT=home.base + "/s3", SERVICES__MEDIA_PROXY__REQUIRE_CLOUDFLARE_EDGE="true",
        NATIVE__MEDIA__EDGE_LISTS=lists))
    server.start()
    path = avatar + ".webp"
    wait("the edge's networks are known", lambda: request(
        "GET", server.base + path, headers={"X-Forwarded-For": "203.0.113.7"})[0] == 200)
    for forwarded, status in (("203.0.113.7, 10.0.0.1", 200), ("2001:db8::7", 200), ("8.8.8.8", 403),
                              ("8.8.8.8, 203.0.113.7", 403), ("nonsense", 403)):
        check.equal(f"through {forwarded}", get(server, path, **{"X-Forwarded-For": forwarded})[0], status)
    check.equal("past the edge", get(server, path)[0], 403)
    check.equal("health is for everybody", get(server, "/_health")[0], 200)
    server.stop()


def purge(home, person, elsewhere):
    """The CDN is told; what it does not take waits, also for the next process."""
    def replace(number):
        image = "data:image/png;base64," + base64.b64encode(png(50, 50, (number, 7, 7))).decode()
        status, account = person.call("PATCH", "/users/@me", {"avatar": image})
        assert status == 200, account
        return account["avatar"]

    old = replace(101)
    elsewhere.asked.clear()
    elsewhere.script = [500, 503, 429, 200]
    replace(102)
    kinds = {"processAssetDeletionQueue", "processCloudflarePurgeQueue"}
    wait("the object goes", lambda: get(home, f"/media/avatars/{person.id}/{old}.png")[0] == 404)
    home.command("jobs", "run", "processCloudflarePurgeQueue")
    wait("a failure is tried again", lambda: len(elsewhere.asked) >= 3)
    check.equal("until the CDN wants less", [asked[3] for asked in elsewhere.asked][:3], [500, 503, 429])
    home.kill()
    home.start()
    home.command("jobs", "run", "processCloudflarePurgeQueue")
    wait("it is told in the end", lambda: len(elsewhere.asked) >= 4)
    path, token, body, _ = elsewhere.asked[3]
    check.equal("in Cloudflare's words", (path, token), ("/zones/zone1/purge_cache", "Bearer token1"))
    check("the address without a scheme", any(prefix.endswith(f"/media/avatars/{person.id}/{old}")
                                              and "://" not in prefix for prefix in body["prefixes"]), body)
    check("everything again until then", all(asked[2] == body for asked in elsewhere.asked[:3]), elsewhere.asked)
    told = len(elsewhere.asked)
    home.command("jobs", "run", "processCloudflarePurgeQueue")
    wait("the queue is idle", lambda: not [job for job in json.loads(home.command("jobs", "--json", "list"))
                                           if job["kind"] in kinds and job.get("state") == "running"])
    check.equal("once is enough", len(elsewhere.asked), told)


def voice_and_film(home, person, channel, film):
    sound = made("voice.ogg", "-f lavfi -i sine=duration=2.5 -c:a libopus")
    wave = base64.b64encode(bytes(range(0, 250, 5))).decode()
    status, message = person.send(channel, [("voice.ogg", sound, {"waveform": wave, "duration": 99})], flags=8192)
    check("a voice message", status == 200, message)
    attachment = message["attachments"][0]
    check.equal("its wave and length", (attachment["waveform"], attachment["duration"], attachment["content_type"]),
                (wave, 3, "audio/ogg"))
    status, content_type, body = get(home, "/media" + below(attachment))
    check.equal("the sound", (status, content_type, body), (200, "audio/ogg", sound))
    status, refusal = person.send(channel, [("voice.png", png(9, 9), {"waveform": wave, "duration": 1})], flags=8192)
    check("a wave without sound", status == 400 and "VOICE_MESSAGES_ATTACHMENT_MUST_BE_AUDIO" in json.dumps(refusal),
          refusal)
    status, message = person.send(channel, [("film.mp4", film)])
    attachment = message["attachments"][0]
    check.equal("a film", (attachment["width"], attachment["height"], attachment["duration"]), (160, 120, 4))
    path = "/media" + below(attachment)
    for wanted in ("webp", "png", "jpeg", "gif"):
        status, content_type, body = get(home, f"{path}?format={wanted}&width=80&height=60")
        check.equal(f"its picture as {wanted}", (status, content_type, kind(body)), (200, f"image/{wanted}", wanted))
    check.equal("no picture without a format", get(home, path + "?width=80")[0], 400)
    check.equal("no picture of a sound", get(home, "/media" + below(message["attachments"][0]).replace(
        "film.mp4", "other.mp4") + "?format=webp")[0], 404)
    return below(attachment)


def place_of_large_films(home, person, channel):
    """Longer than what is worked on in memory: blanked where it lies, by whatever name."""
    film = made("where.mov", "-f lavfi -i testsrc=size=160x120:rate=10:duration=1 -metadata location=+48.8584+002.2945/ "
                "-c:v libx264 -pix_fmt yuv420p")
    padding = 66 << 20
    large = film + (padding + 8).to_bytes(4, "big") + b"free" + bytes(padding)
    matroska = made("where.mkv", "-f lavfi -i testsrc=size=160x120:rate=10:duration=1 -c:v libx264 "
                    "-metadata location=+48.8584+002.2945/")
    tiff = b"Exif\0\0MM\0*\0\0\0\x08\0\0" + b"+48.8584"
    jpeg = made("x.jpg", "-f lavfi -i testsrc=size=400x300 -frames:v 1")
    jpeg = jpeg[:2] + b"\xff\xe1" + (len(tiff) + 2).to_bytes(2, "big") + tiff + jpeg[2:]
    for name, body in (("large.mov", large), ("large.bin", large), ("small.mov", film), ("small.mkv", matroska),
                       ("picture.dat", jpeg), ("picture.jpg", jpeg), ("large.jpg", jpeg + b"+48.8584" + bytes(padding))):
        check(f"{name} told it", b"+48.8584" in body)
        status, message = person.send(channel, [(name, body)])
        if not check(f"{name} is sent", status == 200, message):
            continue
        attachment = message["attachments"][0]
        status, _, back = get(home, "/media" + below(attachment))
        check(f"{name} tells no place", status == 200 and b"+48.8584" not in back, (status, len(back)))
        check(f"{name} is whole", len(back) == len(body) or "picture" in name or name == "large.jpg", len(back))
        check.equal(f"{name}'s size", attachment["size"], len(back))
        if attachment.get("content_hash"):
            check.equal(f"{name}'s hash", attachment["content_hash"], hashlib.sha256(back).hexdigest())


def peak(server):
    text = pathlib.Path(f"/proc/{server.process.pid}/status").read_text()
    return int(next(line for line in text.splitlines() if line.startswith("VmHWM:")).split()[1]) * 1024


def many_at_once(home, person, channel):
    """500 equal and 500 different versions: all made, or refused with the time to come again."""
    picture = made("big.jpg", "-f lavfi -i testsrc=size=4000x3000 -frames:v 1 -q:v 3")
    status, message = person.send(channel, [("big.jpg", picture)])
    assert status == 200, message
    path = "/media" + below(message["attachments"][0])
    equal = [f"{path}?width=640&height=480&format=webp"] * 500
    different = [f"{path}?width={100 + at}&height={75 + at}&format={('webp', 'jpeg', 'png')[at % 3]}&quality=high"
                 for at in range(500)]

    def ask(asked):
        status, headers, body = request("GET", home.base + asked)
        return status, headers["retry-after"], body

    with concurrent.futures.ThreadPoolExecutor(250) as pool:
        alike = list(pool.map(ask, equal))
        apart = list(pool.map(ask, different))
    check("equal ones are all made", {status for status, _, _ in alike} == {200}, {status for status, _, _ in alike})
    check("once for all", len({body for _, _, body in alike}) == 1)
    count = {status: sum(found == status for found, _, _ in apart) for status in {found for found, _, _ in apart}}
    check("different ones are made or put off", set(count) <= {200, 503} and count.get(200, 0) > 0, count)
    check("with the time to come again", all(again for status, again, _ in apart if status == 503))
    check("each another one", len({body for status, _, body in apart if status == 200}) == count.get(200))
    check(f"memory stays below {MEMORY // 1_000_000} MB", peak(home) < MEMORY, peak(home))
    check.equal("and the server is well", home.health(), 200)
    print(f"500 equal and 500 different versions of 12 megapixels: {count}, {peak(home) >> 20} MiB at most", flush=True)


def main():
    elsewhere = Elsewhere()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        home = Instance(folder / "home", "127.0.0.3", settings=settings(
            INTEGRATIONS__CLOUDFLARE__PURGE_ENABLED="true", INTEGRATIONS__CLOUDFLARE__API_URL=elsewhere.base,
            INTEGRATIONS__CLOUDFLARE__ZONE_ID="zone1", INTEGRATIONS__CLOUDFLARE__API_TOKEN="token1"))
        home.start()
        person = Person(home)
        _, channel = person.guild()
        film = made("film.mp4", "-f lavfi -i testsrc=size=160x120:rate=10:duration=4 -c:v libx264 -pix_fmt yuv420p")
        many_at_once(home, person, channel)
        other = {"film": voice_and_film(home, person, channel, film)}
        image = "data:image/png;base64," + base64.b64encode(png(100, 100)).decode()
        _, account = person.call("PATCH", "/users/@me", {"avatar": image})
        other["avatar"] = f"/avatars/{person.id}/{account['avatar']}"
        _, message = person.send(channel, [("a.png", png(40, 20))])
        other["picture"] = below(message["attachments"][0])
        check.equal("nothing internal in one process", [
            request("POST", home.base + "/media" + path, b"{}", {"Authorization": f"Bearer {SECRET}"})[0]
            for path in ("/_metadata", "/_thumbnail", "/_frames")], [404] * 3)
        media_role(home, other, folder, elsewhere, film)
        static_mode(home, folder)
        behind_an_edge(home, folder, elsewhere, other["avatar"])
        place_of_large_films(home, person, channel)
        purge(home, person, elsewhere)
        home.stop()
        for log in folder.glob("*.log"):
            check(f"no panic in {log.name}", "panicked" not in log.read_text(errors="replace"))
    sys.exit(check.end())


if "FLUXER_TEST_BIN" not in os.environ:
    sys.exit(__doc__)
main()
