"""SIGKILL during uploads: every object that was acknowledged is whole, nothing is half there, nothing piles up.

Needs FLUXER_TEST_BIN. Ends with `N passed, N failed`.
"""

import hashlib
import os
import pathlib
import random
import sys
import tempfile
import threading

from botocore.exceptions import BotoCoreError, ClientError

from instance import Instance

ROUNDS = 25
WRITERS = 4
BUCKET = "fluxer-uploads"
MIB = 1024 * 1024


class Ledger:
    """What the server said it had done, and what it was doing when it went away."""

    def __init__(self):
        self.lock = threading.Lock()
        self.sure, self.unsure, self.answers = {}, {}, 0
        self.enough = threading.Condition(self.lock)

    def begins(self, key, digest):
        with self.lock:
            self.unsure.setdefault(key, {self.sure.get(key)}).add(digest)

    def done(self, key, digest):
        with self.lock:
            self.sure[key] = digest
            self.unsure.pop(key, None)
            self.answers += 1
            self.enough.notify_all()

    def wait(self, answers):
        with self.lock:
            goal = self.answers + answers
            if not self.enough.wait_for(lambda: self.answers >= goal, timeout=60):
                raise AssertionError("the writers make no progress")


def write(s3, ledger, number, seed):
    """Puts, overwrites, deletes and uploads in parts under keys of its own until the server is gone."""
    rng = random.Random(seed)
    try:
        while True:
            key = f"w{number}/{rng.randrange(12)}"
            what = rng.randrange(8)
            if what == 0:
                ledger.begins(key, None)
                s3.delete_object(Bucket=BUCKET, Key=key)
                ledger.done(key, None)
            elif what == 1:
                parts = [rng.randbytes(rng.randrange(1, 2 * MIB)) for _ in range(3)]
                digest = hashlib.md5(b"".join(parts)).hexdigest()
                upload = s3.create_multipart_upload(Bucket=BUCKET, Key=key)["UploadId"]
                named = {"Bucket": BUCKET, "Key": key, "UploadId": upload}
                etags = [s3.upload_part(**named, PartNumber=at, Body=part)["ETag"]
                         for at, part in enumerate(parts, 1)]
                ledger.begins(key, digest)
                s3.complete_multipart_upload(**named, MultipartUpload={
                    "Parts": [{"PartNumber": at, "ETag": etag} for at, etag in enumerate(etags, 1)]})
                ledger.done(key, digest)
            else:
                body = rng.randbytes(rng.choice([0, 10, 5000, 300_000, 3 * MIB]))
                digest = hashlib.md5(body).hexdigest()
                ledger.begins(key, digest)
                s3.put_object(Bucket=BUCKET, Key=key, Body=body)
                ledger.done(key, digest)
    except (BotoCoreError, ClientError):
        return


def verify(s3, ledger):
    """Reads everything; what was unsure is what it is now."""
    held = {}
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=BUCKET):
        for item in page.get("Contents", []):
            body = s3.get_object(Bucket=BUCKET, Key=item["Key"])["Body"].read()
            assert len(body) == item["Size"], f"{item['Key']} is not as long as it is said to be"
            held[item["Key"]] = hashlib.md5(body).hexdigest()
    for key in set(held) | set(ledger.sure) | set(ledger.unsure):
        allowed = ledger.unsure.get(key, {ledger.sure.get(key)})
        assert held.get(key) in allowed, f"{key}: {held.get(key)} is none of {allowed}"
        ledger.sure[key] = held.get(key)
    ledger.unsure.clear()
    return len(held)


def main():
    ledger = Ledger()
    with tempfile.TemporaryDirectory() as name:
        data = pathlib.Path(name) / "data"
        server = Instance(data)
        for turn in range(ROUNDS):
            server.start()
            held = verify(server.s3(), ledger)
            left = list((data / "s3/.tmp").iterdir())
            assert not left, f"round {turn}: leftovers of the killed server: {left}"
            s3 = server.s3()
            writers = [threading.Thread(target=write, args=(s3, ledger, number, turn * WRITERS + number))
                       for number in range(WRITERS)]
            for writer in writers:
                writer.start()
            ledger.wait(random.randrange(1, 60))
            server.kill()
            for writer in writers:
                writer.join()
        server.start()
        held, s3 = verify(server.s3(), ledger), server.s3()
        # Uploads that were under way are there to be gone on with, or given up; nothing else is left of them.
        uploads = s3.list_multipart_uploads(Bucket=BUCKET).get("Uploads", [])
        for upload in uploads:
            s3.abort_multipart_upload(Bucket=BUCKET, Key=upload["Key"], UploadId=upload["UploadId"])
        assert not list((data / "s3/.tmp").iterdir())
        started = [folder for folder in (data / "s3/.multipart").iterdir() if (folder / "upload.json").exists()]
        assert not started, started
        server.stop()
    print(f"{ROUNDS} kills during {ledger.answers} acknowledged changes; {held} objects held, {len(uploads)} uploads open")
    print("1 passed, 0 failed")


if "FLUXER_TEST_BIN" not in os.environ:
    sys.exit(__doc__)
main()
