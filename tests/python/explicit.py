"""Pictures nobody may send, as seen from outside: explicit ones, judged by a model made here, in every place a picture
can be given; and those that are no pictures at all, with the server in and out of test mode. Needs FLUXER_TEST_BIN.
Ends with `N passed, N failed`.
"""

import base64
import glob
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import onnxruntime

from elsewhere import Elsewhere
from instance import Instance
from person import Checks, Person, made, png

RED, BLUE = (255, 0, 0), (0, 0, 255)
EXPLICIT = 16  # CONTAINS_EXPLICIT_MEDIA
check = Checks()


def uri(data, kind="png"):
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


def explicit(what, answer):
    status, refusal = answer
    check(f"{what} is refused", status == 400 and refusal.get("code") == "EXPLICIT_CONTENT_CANNOT_BE_SENT"
          and 0.85 < refusal.get("probability", 0) <= 2 and refusal.get("predictions", {}).get("porn", 0) > 0.85,
          answer)


def invalid(what, answer, path, code):
    status, refusal = answer
    found = [(error["path"], error["code"]) for error in refusal.get("errors", [])] if status == 400 else status
    check.equal(what, found, [(path, code)])


def places(person, guild):
    """Every way to give a picture: (name, field, call with the picture)."""
    g = f"/guilds/{guild}"
    yield "avatar", "avatar", lambda image: person.call("PATCH", "/users/@me", {"avatar": image})
    yield "banner", "banner", lambda image: person.call("PATCH", "/users/@me", {"banner": image})
    for field in ("icon", "banner", "splash", "embed_splash"):
        yield f"guild {field}", field, lambda image, field=field: person.call("PATCH", g, {field: image})
    for field in ("avatar", "banner"):
        yield (f"member {field}", field,
               lambda image, field=field: person.call("PATCH", f"{g}/members/@me", {field: image}))
    yield "new guild", "icon", lambda image: person.call("POST", "/guilds", {"name": "n", "icon": image})
    yield "emoji", "image", lambda image: person.call("POST", f"{g}/emojis", {"name": "emoji", "image": image})
    yield "sticker", "image", lambda image: person.call("POST", f"{g}/stickers", {
        "name": "sticker", "description": "", "tags": ["x"], "image": image})


def entities(server):
    person = Person(server)
    guild, _ = person.guild()
    person.call("POST", f"/test/guilds/{guild}/features", {"add_features": ["BANNER", "INVITE_SPLASH", "ANIMATED_ICON"]})
    for name, _, give in places(person, guild):
        explicit(name, give(uri(png(64, 64, RED))))
        status, answer = give(uri(png(64, 64, BLUE)))
        check(f"{name} may be blue", status in (200, 201), answer)
    # what was refused is nowhere
    _, account = person.call("GET", "/users/@me")
    _, found = person.call("GET", f"/guilds/{guild}")
    blue = account["avatar"]
    check("the blue one is kept", blue and found["icon"], (account, found))
    explicit("avatar again", person.call("PATCH", "/users/@me", {"avatar": uri(png(64, 64, RED, 2)), "bio": "changed"}))
    _, account = person.call("GET", "/users/@me")
    check.equal("nothing changed", (account["avatar"], account["bio"]), (blue, None))


def attachments(server, elsewhere):
    person, other = Person(server), Person(server)
    red, blue = png(80, 60, RED), png(80, 60, BLUE)
    film = made("red.mp4", "-f lavfi -i color=red:size=160x120:duration=1 -c:v libx264 -pix_fmt yuv420p")
    elsewhere.files["/red.png"], elsewhere.files["/blue.png"] = red, blue
    guild, channel = person.guild()
    _, adults = person.call("POST", f"/guilds/{guild}/channels", {"name": "adults", "type": 0})
    status, answer = person.call("PATCH", f"/channels/{adults['id']}", {"nsfw": True, "type": 0})
    check("a channel for adults", status == 200 and answer["nsfw"], answer)
    _, role = person.call("POST", f"/guilds/{guild}/roles", {"name": "role"})
    _, invite = person.call("POST", f"/channels/{channel}/invites", {})
    status, answer = other.call("POST", f"/invites/{invite['code']}", {})
    check("the other one joins", status in (200, 201), answer)

    def allowed(what, who, channel):
        status, message = who.send(channel, [("red.png", red), ("blue.png", blue), ("red.mp4", film)], content=what)
        if not check(f"{what}: sent", status == 200, message):
            return
        marks = [(file["flags"] & EXPLICIT, bool(file.get("nsfw"))) for file in message["attachments"]]
        check.equal(f"{what}: marked", marks, [(EXPLICIT, True), (0, False), (EXPLICIT, True)])
        _, again = who.call("GET", f"/channels/{channel}/messages/{message['id']}")
        check.equal(f"{what}: stays so", again["attachments"], message["attachments"])
        status, message = who.call("POST", f"/channels/{channel}/messages", {"embeds": [
            {"title": "t", "image": {"url": elsewhere.base + "/red.png"},
             "thumbnail": {"url": elsewhere.base + "/blue.png"}}]})
        embed = message["embeds"][0]
        check.equal(f"{what}: embeds are marked", (embed["image"]["flags"] & EXPLICIT,
                                                   embed["thumbnail"]["flags"] & EXPLICIT), (EXPLICIT, 0))

    def refused(what, who, channel):
        _, before = who.call("GET", f"/channels/{channel}/messages")
        explicit(f"{what}: a picture", who.send(channel, [("blue.png", blue), ("red.png", red)], content=what))
        explicit(f"{what}: a film", who.send(channel, [("red.mp4", film)]))
        explicit(f"{what}: under another name", who.send(channel, [("red.jpg", red)]))
        for field in ("image", "thumbnail"):
            explicit(f"{what}: an embed's {field}", who.call("POST", f"/channels/{channel}/messages", {
                "embeds": [{"title": "t", field: {"url": elsewhere.base + "/red.png"}}]}))
        for field in ("author", "footer"):
            text = {"name": "n"} if field == "author" else {"text": "t"}
            explicit(f"{what}: an embed's {field}", who.call("POST", f"/channels/{channel}/messages", {
                "embeds": [{"title": "t", field: {**text, "icon_url": elsewhere.base + "/red.png"}}]}))
        status, message = who.send(channel, [("blue.png", blue)])
        check(f"{what}: others go through", status == 200 and not message["attachments"][0]["flags"] & EXPLICIT, message)
        explicit(f"{what}: an edit", edit(who, channel, message["id"], red))
        _, after = who.call("GET", f"/channels/{channel}/messages")
        check.equal(f"{what}: nothing else is there", len(after), len(before) + 1)

    def edit(who, channel, message, data):
        body = (b'--cut\r\nContent-Disposition: form-data; name="payload_json"\r\n\r\n'
                + json.dumps({"attachments": [{"id": 0, "filename": "x.png"}]}).encode()
                + b'\r\n--cut\r\nContent-Disposition: form-data; name="files[0]"; filename="f"\r\n\r\n' + data
                + b"\r\n--cut--\r\n")
        return who.call("PATCH", f"/channels/{channel}/messages/{message}", body, "multipart/form-data; boundary=cut")

    allowed("no filter", person, channel)
    allowed("no filter, another member", other, channel)
    person.call("PATCH", f"/guilds/{guild}", {"explicit_content_filter": 1})
    refused("members without roles", other, channel)
    status, answer = person.call("PUT", f"/guilds/{guild}/members/{other.id}/roles/{role['id']}")
    check("a role", status in (200, 204), answer)
    allowed("members with roles", other, channel)
    person.call("PATCH", f"/guilds/{guild}", {"explicit_content_filter": 2})
    refused("all members", other, channel)
    allowed("a channel for adults", other, adults["id"])
    person.call("POST", f"/channels/{person.id}/messages", {"content": "a note"})
    refused("one's own notes", person, person.id)
    # its name says it is a text: nobody looks
    status, message = person.send(channel, [("red.txt", red)])
    check("no picture by its name", status == 200 and message["attachments"][0]["flags"] == 0, message)


def no_pictures(server, test_mode):
    person = Person(server)
    guild, _ = person.guild()
    person.call("POST", f"/test/guilds/{guild}/features", {"add_features": ["BANNER", "INVITE_SPLASH", "ANIMATED_ICON"]})
    whole = png(64, 64, BLUE)
    data = [("words", b"just some words, no picture at all"), ("a few bytes", b"\x89PNG\r\n\x1a\n"),
            ("an AVIF of nothing", b"\0\0\0\x1cftypavif\0\0\0\0mif1avifmiaf" + bytes(40)),
            ("too many pixels", png(9501, 1)), ("a page", b"<!doctype html><html><body>page</body></html>")]
    cut = [("half a PNG", whole[:len(whole) // 2]), ("a GIF's head", b"GIF89a\x10\0\x10\0\x80\0\0" + bytes(20)),
           ("a JPEG's head", b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(20)),
           ("a WebP's head", b"RIFF\x20\0\0\0WEBPVP8 " + bytes(20))]
    other = [("a BMP", b"BM" + bytes(60)), ("a TIFF", b"II*\0" + bytes(60)), ("an SVG", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
             ("a HEIC", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(40))]
    for name, field, give in places(person, guild):
        for what, image in data:
            invalid(f"{name}: {what}", give(uri(image)), field, "INVALID_IMAGE_DATA")
        for what, image in other:
            invalid(f"{name}: {what}", give(uri(image)), field, "INVALID_IMAGE_FORMAT")
        if not test_mode:
            for what, image in cut:
                invalid(f"{name}: {what}", give(uri(image)), field, "INVALID_IMAGE_DATA")
        status, answer = give(uri(whole))
        check(f"{name}: a picture", status in (200, 201), answer)
    # the longest that may be: not a byte more
    for name, field, most, give in (("avatar", "avatar", 10 << 20, lambda image: person.call(
            "PATCH", "/users/@me", {"avatar": image})), ("emoji", "image", 384 << 10, lambda image: person.call(
                "POST", f"/guilds/{guild}/emojis", {"name": "emoji", "image": image})),
            ("sticker", "image", 512 << 10, lambda image: person.call("POST", f"/guilds/{guild}/stickers", {
                "name": "sticker", "description": "", "tags": [], "image": image}))):
        padded = whole + bytes(most - len(whole))
        status, answer = give(uri(padded))
        check(f"{name} of {most} bytes", status in (200, 201), answer)
        status, answer = give(uri(padded + b"\0"))
        code = [error["code"] for error in answer.get("errors", [])]
        check(f"{name} of one byte more", status == 400 and code and code[0] in (
            "IMAGE_SIZE_EXCEEDS_LIMIT", "BASE64_LENGTH_INVALID"), answer)
    status, answer = person.call("POST", f"/guilds/{guild}/stickers", {
        "name": "sticker", "description": "", "tags": [], "image": uri(made("x.jpg", "-f lavfi -i color=blue:size=64x64 -frames:v 1"))})
    invalid("a sticker is no JPEG", (status, answer), "image", "INVALID_IMAGE_FORMAT")


def main():
    elsewhere = Elsewhere()
    runtime = glob.glob(os.path.join(os.path.dirname(onnxruntime.__file__), "capi/libonnxruntime.so*"))[0]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        model = folder / "model.onnx"
        subprocess.run([sys.executable, pathlib.Path(__file__).parent / "nsfw_model.py", model], check=True)
        limits = {"FLUXER_CONFIG__DEV__DISABLE_RATE_LIMITS": "true",
                  "FLUXER_CONFIG__NATIVE__OUTBOUND__ALLOWED_NETWORKS": '["127.0.0.0/8"]'}
        judging = {**limits, "FLUXER_CONFIG__NATIVE__NSFW_MODEL_PATH": str(model),
                   "FLUXER_CONFIG__NATIVE__ONNXRUNTIME_PATH": runtime}
        plain = {**limits, "FLUXER_CONFIG__ENV": "development", "FLUXER_CONFIG__DEV__TEST_MODE_ENABLED": "false"}
        for what, settings, tests in (
                ("judging", judging, [entities, lambda server: attachments(server, elsewhere)]),
                ("test", limits, [lambda server: no_pictures(server, True)]),
                ("plain", plain, [lambda server: no_pictures(server, False)])):
            server = Instance(folder / what, "127.0.0.6", settings=settings)
            server.start()
            for test in tests:
                test(server)
            server.stop()
            check(f"no panic, {what}", "panicked" not in server.log.read_text(errors="replace"))
    sys.exit(check.end())


if "FLUXER_TEST_BIN" not in os.environ:
    sys.exit(__doc__)
main()
