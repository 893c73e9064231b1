"""How fast objects go into the S3 service and out of it, beside the file system it stands on.

    FLUXER_CONFIG__S3__ACCESS_KEY_ID=AKIATESTTESTTESTTEST FLUXER_CONFIG__S3__SECRET_ACCESS_KEY=not-a-secret \\
        scripts/with-server BINARY .venv/bin/python bench/s3.py

Same sizes, same number of threads, same disk (the temporary folder, which the server's data is in). The file system
is measured as a careful program uses it (a temporary file, fsync, rename, fsync of the folder) and without any fsync.
Requests are signed beforehand, so that the client costs little; it still shares the processors with the server, whose
own processor time is told beside. What is read was written a moment ago: nothing here measures the disk's reading.
"""

import concurrent.futures
import http.client
import os
import pathlib
import tempfile
import threading
import time
import urllib.parse

import boto3
from botocore.config import Config

URL = urllib.parse.urlsplit(urllib.parse.urljoin(os.environ["FLUXER_TEST_URL"], "/s3"))
KIB, MIB = 1024, 1024 * 1024
CASES = [("4 KiB", 4 * KIB, 4000, 8), ("1 MiB", MIB, 400, 4), ("256 MiB", 256 * MIB, 4, 2)]
PART = 16 * MIB
CHUNK = MIB
TICKS = os.sysconf("SC_CLK_TCK")
local = threading.local()


def server():
    for process in pathlib.Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                named = (process / "environ").read_bytes().decode(errors="replace")
                if (process / "comm").read_text().strip() == "fluxer" and f"SERVER__PORT={URL.port}\0" in named:
                    return process
            except OSError:
                continue
    raise SystemExit("the server is not found in /proc")


def seconds(process):
    fields = (process / "stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def request(method, address, body=None):
    if not hasattr(local, "connection"):
        local.connection = http.client.HTTPConnection(URL.hostname, URL.port)
    target = urllib.parse.urlsplit(address)
    local.connection.request(method, f"{target.path}?{target.query}", body)
    answer = local.connection.getresponse()
    size = 0
    while chunk := answer.read(CHUNK):
        size += len(chunk)
    assert answer.status == 200, (answer.status, address)
    return size, answer.headers


def timed(work, count, threads, process):
    """(seconds, the sorted time of each, processor seconds of the server)"""
    def one(number):
        begun = time.perf_counter()
        work(number)
        return time.perf_counter() - begun

    used, begun = seconds(process), time.perf_counter()
    with concurrent.futures.ThreadPoolExecutor(threads) as pool:
        each = sorted(pool.map(one, range(count)))
    return time.perf_counter() - begun, each, seconds(process) - used


def told(name, what, size, count, result, shows_server):
    took, each, used = result
    at = lambda share: each[min(len(each) - 1, int(len(each) * share))] * 1000
    gib = size * count / 1024 ** 3
    server_cost = f"{used / gib:.1f} s" if shows_server else "–"
    print(f"| {name} | {what} | {size * count / MIB / took:.0f} | {count / took:.0f} | {at(.5):.1f} | {at(.99):.1f} "
          f"| {server_cost} |", flush=True)


def main():
    s3 = boto3.client("s3", endpoint_url=URL.geturl(), region_name="local",
                      aws_access_key_id=os.environ["FLUXER_CONFIG__S3__ACCESS_KEY_ID"],
                      aws_secret_access_key=os.environ["FLUXER_CONFIG__S3__SECRET_ACCESS_KEY"],
                      config=Config(s3={"addressing_style": "path"}, signature_version="s3v4"))
    process = server()
    s3.create_bucket(Bucket="bench")

    def signed(what, **parameters):
        return s3.generate_presigned_url(what, Params={"Bucket": "bench", **parameters}, ExpiresIn=3600)

    print("| Object | What | MiB/s | objects/s | p50 ms | p99 ms | server's processor time per GiB |")
    print("|---|---|---|---|---|---|---|")
    for name, size, count, threads in CASES:
        body = os.urandom(size)
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)

            def write(number, careful):
                beside = root / f".{number}"
                with open(beside, "wb") as file:
                    file.write(body)
                    if careful:
                        file.flush()
                        os.fsync(file.fileno())
                beside.rename(root / str(number))
                if careful:
                    handle = os.open(root, os.O_RDONLY)
                    os.fsync(handle)
                    os.close(handle)

            def read(number):
                with open(root / str(number), "rb") as file:
                    while file.read(CHUNK):
                        pass

            told(name, "file written, no fsync", size, count,
                 timed(lambda n: write(n, False), count, threads, process), False)
            told(name, "file written durably", size, count,
                 timed(lambda n: write(n, True), count, threads, process), False)
            told(name, "file read", size, count, timed(read, count, threads, process), False)
        puts = [signed("put_object", Key=f"{size}/{n}") for n in range(count)]
        gets = [signed("get_object", Key=f"{size}/{n}") for n in range(count)]
        told(name, "object put", size, count,
             timed(lambda n: request("PUT", puts[n], body), count, threads, process), True)
        told(name, "object got", size, count,
             timed(lambda n: request("GET", gets[n]), count, threads, process), True)
    # One large object in parts.
    name, size, parts = "256 MiB in 16 parts", PART, 16
    upload = s3.create_multipart_upload(Bucket="bench", Key="parts")["UploadId"]
    addresses = [signed("upload_part", Key="parts", UploadId=upload, PartNumber=n + 1) for n in range(parts)]
    tags, body = {}, os.urandom(size)

    def put(number):
        tags[number] = request("PUT", addresses[number], body)[1]["ETag"]

    told(name, "parts put", size, parts, timed(put, parts, 4, process), True)
    begun = time.perf_counter()
    s3.complete_multipart_upload(Bucket="bench", Key="parts", UploadId=upload, MultipartUpload={
        "Parts": [{"PartNumber": n + 1, "ETag": tags[n]} for n in range(parts)]})
    print(f"\nputting the parts together: {time.perf_counter() - begun:.2f} s")


if __name__ == "__main__":
    main()
