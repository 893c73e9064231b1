"""A server on a file system that is full: clear errors, reads go on, and it recovers without hands.

Runs itself in a mount namespace of its own with a small file system for the data; says so and passes where
the machine does not allow that. Needs FLUXER_TEST_BIN. Ends with `N passed, N failed`.
"""

import http.client
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request

from botocore.exceptions import ClientError

from instance import Instance

INSIDE = "FLUXER_FULL_DISK"
SIZE = "96m"
MIB = 1024 * 1024
passed = failed = 0


def check(what, holds, detail=""):
    global passed, failed
    if holds:
        passed += 1
    else:
        failed += 1
        print(f"FAILED: {what} {detail}", flush=True)


def call(server, method, path, body=None, token=None):
    headers = {"Content-Type": "application/json", "X-Forwarded-For": "10.1.2.3"}
    if token:
        headers["Authorization"] = token
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(server.base + "/api/v1" + path, data=data, method=method, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, json.loads(answer.read() or b"null")
    except urllib.error.HTTPError as error:
        text = error.read()
        try:
            return error.code, json.loads(text)
        except ValueError:
            return error.code, {"raw": text[:300]}


def send(server, account, content):
    return call(server, "POST", f"/channels/{account['channel']}/messages", {"content": content}, account["token"])


def send_files(server, account, content, files, chunked=False):
    """A message with files, as a form of known length or in chunks of no announced number."""
    boundary = "the-boundary-of-this-form"
    metadata = [{"id": index, "filename": name} for index, (name, _) in enumerate(files)]
    parts = [("payload_json", None, json.dumps({"content": content, "attachments": metadata}).encode())]
    parts += [(f"files[{index}]", name, data) for index, (name, data) in enumerate(files)]
    body = b""
    for field, name, data in parts:
        called = f'; filename="{name}"' if name else ""
        body += f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"{called}\r\n\r\n'.encode()
        body += data + b"\r\n"
    body += f"--{boundary}--\r\n".encode()
    host = urllib.parse.urlsplit(server.base)
    connection = http.client.HTTPConnection(host.hostname, host.port, timeout=60)
    headers = {"Content-Type": f"multipart/form-data; boundary={boundary}", "X-Forwarded-For": "10.1.2.3",
               "Authorization": account["token"]}
    sent = (body[at:at + 65536] for at in range(0, len(body), 65536)) if chunked else body
    try:
        try:
            connection.request("POST", f"/api/v1/channels/{account['channel']}/messages", body=sent, headers=headers,
                               encode_chunked=chunked)
        except (BrokenPipeError, ConnectionResetError):
            pass  # refused before all of it was sent: the answer is there to be read
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read() or b"null")
    finally:
        connection.close()


def fetch(server, attachment):
    path = urllib.parse.urlsplit(attachment["url"]).path
    with urllib.request.urlopen(server.base + path, timeout=60) as answer:
        return answer.read()


def register(server):
    status, answer = call(server, "POST", "/auth/register", {
        "email": "full@example.com", "password": "a-long-enough-Passw0rd", "username": "full", "global_name": "full",
        "date_of_birth": "1990-01-01", "consent": True})
    assert status == 200, answer
    token = answer["token"]
    flags = {"set_flags": ["HAS_SESSION_STARTED"]}
    status, answer = call(server, "POST", f"/test/users/{answer['user_id']}/security-flags", flags, token)
    assert status in (200, 204), answer
    status, guild = call(server, "POST", "/guilds", {"name": "full"}, token)
    assert status in (200, 201), guild
    status, channels = call(server, "GET", f"/guilds/{guild['id']}/channels", None, token)
    assert status == 200, channels
    return {"token": token, "channel": next(c["id"] for c in channels if c["type"] == 0)}


def put(s3, key, body):
    try:
        s3.put_object(Bucket="fluxer", Key=key, Body=body)
        return 200, "", ""
    except ClientError as error:
        answer = error.response
        return answer["ResponseMetadata"]["HTTPStatusCode"], answer["Error"]["Code"], answer["Error"]["Message"]


def stored(folder):
    """The objects of the instance, but for what S3 clients put there."""
    root = folder / "data/s3"
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file() and "attachments" in str(path)}


def fill(folder):
    """Takes the last byte."""
    with (folder / "ballast").open("wb", buffering=0) as file:
        for size in (MIB, 4096, 1):
            try:
                while file.write(b"\0" * size) == size:
                    pass
            except OSError:
                pass


def inside(folder):
    server = Instance(folder / "data")
    server.log = pathlib.Path(os.environ[INSIDE + "_LOG"])
    server.start()
    account, s3 = register(server), server.s3()
    kept = os.urandom(2 * MIB)
    check("there is room", put(s3, "kept", kept)[0] == 200)
    status, first = send(server, account, "before")
    check("messages are sent", status == 200, first)
    status, filed = send_files(server, account, "a file", [("kept.bin", kept)])
    check("messages with files are sent", status == 200, filed)
    objects = stored(folder)
    check("as objects", len(objects) > 0)
    for turn in (1, 2):
        fill(folder)
        for body in (os.urandom(3 * MIB), b"small"):
            status, code, message = put(s3, "refused", body)
            check(f"objects are refused, round {turn}", (status, code) == (507, "StorageFull"), (status, code, message))
        upload = None
        try:
            upload = s3.create_multipart_upload(Bucket="fluxer", Key="parts")
            s3.upload_part(Bucket="fluxer", Key="parts", UploadId=upload["UploadId"], PartNumber=1, Body=kept)
            check("parts are refused", False)
        except ClientError as error:
            check("parts are refused", error.response["Error"]["Code"] == "StorageFull", error.response)
        for chunked in (False, True):
            for files in ([("large.bin", os.urandom(3 * MIB))], [("a.bin", b"small"), ("b.bin", os.urandom(MIB))]):
                status, answer = send_files(server, account, "refused", files, chunked)
                check(f"files of messages are refused, chunked {chunked}",
                      (status, answer.get("code")) == (503, "SERVICE_UNAVAILABLE"), (status, answer))
                check("nothing of them is kept", stored(folder) == objects, stored(folder) - objects)
                check("nor on its way", not list((folder / "data/spool").iterdir()))
        check("files of messages are read", fetch(server, filed["attachments"][0]) == kept)
        refusals = 0
        for number in range(400):
            status, answer = send(server, account, f"{number} " + "x" * 1500)
            if status != 200:
                refusals += 1
                check("a clear error", (status, answer.get("code")) == (503, "SERVICE_UNAVAILABLE"), (status, answer))
                if refusals == 3:
                    break
        check("messages are refused in the end", refusals == 3, refusals)
        check("objects are read", s3.get_object(Bucket="fluxer", Key="kept")["Body"].read() == kept)
        listed = s3.list_objects_v2(Bucket="fluxer")["Contents"]
        own = [item["Key"] for item in listed if not item["Key"].startswith("attachments/")]
        check("nothing of the refused is there", own == ["kept"], own)
        status, page = call(server, "GET", f"/channels/{account['channel']}/messages?limit=100", None, account["token"])
        check("messages are read", status == 200 and len(page) > 0, (status, page))
        check("no refused one is there", all(message["content"] != "refused" for message in page), page)
        check("temporary files are gone", not list((folder / "data/s3/.tmp").iterdir()))
        (folder / "ballast").unlink()
        check("objects are taken again", put(s3, "after", kept)[0] == 200)
        s3.delete_object(Bucket="fluxer", Key="after")
        for chunked in (False, True):
            status, again = send_files(server, account, "with a file", [("again.bin", kept)], chunked)
            check("messages with files are sent again", status == 200, again)
            check("and hold them", status == 200 and fetch(server, again["attachments"][0]) == kept)
        objects = stored(folder)
        status, answer = send(server, account, f"after {turn}")
        check("messages are sent again", status == 200, answer)
        check("the server is well", server.health() == 200)
    status, page = call(server, "GET", f"/channels/{account['channel']}/messages?limit=1", None, account["token"])
    check("the last one is there", page[0]["content"] == "after 2", page)
    server.stop()
    server.start()
    check("and after a restart", server.s3().get_object(Bucket="fluxer", Key="kept")["Body"].read() == kept)
    status, page = call(server, "GET", f"/channels/{account['channel']}/messages?limit=1", None, account["token"])
    check("all of it", status == 200 and page[0]["content"] == "after 2", page)
    server.stop()
    check("no panic", "panicked" not in server.log.read_text(errors="replace"))
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


def main():
    with tempfile.TemporaryDirectory() as name, tempfile.NamedTemporaryFile() as log:
        script = 'mount -t tmpfs -o size="$2" tmpfs "$1" || exit 77; shift 2; exec "$@"'
        done = subprocess.run(
            ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, "sh", name, SIZE,
             sys.executable, __file__],
            env={**os.environ, INSIDE: name, INSIDE + "_LOG": log.name})
        # unshare itself answers 1 when it may not; the script prints its own count then.
        if done.returncode == 77:
            print("this machine allows no file system of our own; not tested\n0 passed, 0 failed")
            sys.exit(0)
        if done.returncode:
            print("\n".join(pathlib.Path(log.name).read_text(errors="replace").splitlines()[-40:]), file=sys.stderr)
        sys.exit(done.returncode)


if INSIDE in os.environ:
    inside(pathlib.Path(os.environ[INSIDE]))
elif "FLUXER_TEST_BIN" not in os.environ:
    sys.exit(__doc__)
else:
    main()
