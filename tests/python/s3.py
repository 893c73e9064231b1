"""The S3 service as the world's own clients see it: boto3 and the AWS CLI against a running server.

Run it with `scripts/with-server target/debug/fluxer .venv/bin/python tests/python/s3.py [megabytes]`. Keys come
from the environment, which the server read as well. Ends with the number of
checks.
"""

import concurrent.futures
import datetime
import hashlib
import io
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

import boto3
import botocore.auth
import botocore.awsrequest
import botocore.credentials
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import ClientError

URL = urllib.parse.urljoin(os.environ["FLUXER_TEST_URL"], "/s3")
KEY = os.environ["FLUXER_CONFIG__S3__ACCESS_KEY_ID"]
SECRET = os.environ["FLUXER_CONFIG__S3__SECRET_ACCESS_KEY"]
REGION = "local"
LONGEST_KEY = 1024 - len("fluxer-static/")  # at the gate the bucket's name counts as well
BIG_MB = int(sys.argv[1]) if len(sys.argv) > 1 else 1024
MEMORY_BOUND_MB = 200  # what the server may grow by while it carries the big object
MIB = 1024 * 1024
passed = failed = 0


def check(what, holds, detail=""):
    global passed, failed
    if holds:
        passed += 1
    else:
        failed += 1
        print(f"FAILED: {what} {detail}", flush=True)


def equal(what, found, wanted):
    check(what, found == wanted, f"found {found!r:.300}, wanted {wanted!r:.300}")


def client(key=KEY, secret=SECRET, **config):
    options = Config(s3={"addressing_style": "path"}, retries={"max_attempts": 1}, signature_version="s3v4", **config)
    return boto3.client("s3", endpoint_url=URL, region_name=REGION, aws_access_key_id=key,
                        aws_secret_access_key=secret, config=options)


def refused(what, code, status, call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except ClientError as error:
        found = (error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"])
        equal(what, found, (code, status))
        return error.response
    check(what, False, "not refused")
    return {"Error": {}}


def raw(method, url, body=None, headers=None):
    request = urllib.request.Request(url, data=body, method=method, headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def signed(method, path, body=b"", headers=None, moment=None, trailer=False):
    """A request signed by hand, so that it can be wrong in one place."""
    request = botocore.awsrequest.AWSRequest(method=method, url=URL + path, data=body, headers=headers or {})
    request.context["payload_signing_enabled"] = True
    credentials = botocore.credentials.Credentials(KEY, SECRET)
    signer = botocore.auth.S3SigV4Auth(credentials, "s3", REGION)
    if trailer:
        request.context["checksum"] = {"request_algorithm": {"in": "trailer"}}
    if moment:
        signer_now = botocore.auth.get_current_datetime
        botocore.auth.get_current_datetime = lambda *a, **k: moment
        try:
            signer.add_auth(request)
        finally:
            botocore.auth.get_current_datetime = signer_now
    else:
        signer.add_auth(request)
    return dict(request.headers.items())


def buckets(s3):
    names = [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]]
    ours = ["fluxer", "fluxer-downloads", "fluxer-harvests", "fluxer-reports", "fluxer-static", "fluxer-uploads"]
    equal("the six buckets are there", names, ours)
    s3.create_bucket(Bucket="mine")
    refused("a name is taken", "BucketAlreadyOwnedByYou", 409, s3.create_bucket, Bucket="mine")
    refused("an inner name is no bucket", "BucketAlreadyOwnedByYou", 409, s3.create_bucket, Bucket="cdn")
    status, _, body = raw("PUT", URL + "/Not_A_Name", headers=signed("PUT", "/Not_A_Name"))
    check("names have a form", status == 400 and b"InvalidBucketName" in body, (status, body))
    equal("location", s3.get_bucket_location(Bucket="mine")["LocationConstraint"], REGION)
    check("versioning is off", "Status" not in s3.get_bucket_versioning(Bucket="mine"))
    equal("acl", s3.get_bucket_acl(Bucket="mine")["Grants"][0]["Permission"], "FULL_CONTROL")
    equal("cors", s3.get_bucket_cors(Bucket="mine")["CORSRules"][0]["AllowedOrigins"], ["*"])
    s3.put_object(Bucket="mine", Key="x", Body=b"")
    refused("full buckets stay", "BucketNotEmpty", 409, s3.delete_bucket, Bucket="mine")
    s3.delete_object(Bucket="mine", Key="x")
    s3.head_bucket(Bucket="mine")
    s3.delete_bucket(Bucket="mine")
    refused("no such bucket", "404", 404, s3.head_bucket, Bucket="mine")
    refused("no such bucket", "NoSuchBucket", 404, s3.list_objects_v2, Bucket="mine")
    refused("no such bucket", "NoSuchBucket", 404, s3.put_object, Bucket="mine", Key="k", Body=b"x")


def objects(s3):
    body = os.urandom(300_000)
    expires = datetime.datetime(2030, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)
    put = s3.put_object(Bucket="fluxer", Key="a/b", Body=body, ContentType="image/png", CacheControl="max-age=5",
                        ContentDisposition='attachment; filename="x.png"', ContentEncoding="identity",
                        ContentLanguage="de", Expires=expires, Metadata={"one": "1", "two": "zwei drei"})
    etag = f'"{hashlib.md5(body).hexdigest()}"'
    equal("etag", put["ETag"], etag)
    got = s3.get_object(Bucket="fluxer", Key="a/b")
    equal("content", got["Body"].read(), body)
    for found in (got, s3.head_object(Bucket="fluxer", Key="a/b")):
        said = {name: found[name] for name in ("ETag", "ContentType", "CacheControl", "ContentDisposition",
                                               "ContentEncoding", "ContentLanguage", "Metadata", "ContentLength")}
        equal("what was said comes back", said, {
            "ETag": etag, "ContentType": "image/png", "CacheControl": "max-age=5",
            "ContentDisposition": 'attachment; filename="x.png"', "ContentEncoding": "identity",
            "ContentLanguage": "de", "Metadata": {"one": "1", "two": "zwei drei"}, "ContentLength": len(body)})
        equal("expires", found["ExpiresString"], "Wed, 02 Jan 2030 03:04:05 GMT")
        check("modified now", abs(time.time() - found["LastModified"].timestamp()) < 100)
    headers = got["ResponseMetadata"]["HTTPHeaders"]
    equal("server", headers["server"], "FluxerS3")
    check("ids", len(headers["x-amz-request-id"]) == 16 and headers["x-amz-id-2"])
    for asked, wanted, shown in [("bytes=0-9", body[:10], "0-9"), ("bytes=299990-", body[-10:], "299990-299999"),
                                 ("bytes=-5", body[-5:], "299995-299999"), ("bytes=5-9999999", body[5:], "5-299999")]:
        part = s3.get_object(Bucket="fluxer", Key="a/b", Range=asked)
        equal(asked, part["Body"].read(), wanted)
        equal(asked, (part["ResponseMetadata"]["HTTPStatusCode"], part["ContentRange"]), (206, f"bytes {shown}/300000"))
    refused("a range outside", "InvalidRange", 416, s3.get_object, Bucket="fluxer", Key="a/b", Range="bytes=300000-")
    conditions(s3, etag)
    over = s3.get_object(Bucket="fluxer", Key="a/b", ResponseContentType="text/x", ResponseCacheControl="no-store",
                         ResponseContentDisposition="inline", ResponseContentLanguage="en")
    equal("overrides", (over["ContentType"], over["CacheControl"], over["ContentDisposition"], over["ContentLanguage"]),
          ("text/x", "no-store", "inline", "en"))
    error = refused("no such key", "NoSuchKey", 404, s3.get_object, Bucket="fluxer", Key="none")["Error"]
    equal("the resource is named", error.get("Resource"), "/s3/fluxer/none")
    refused("no such key", "404", 404, s3.head_object, Bucket="fluxer", Key="none")
    s3.delete_object(Bucket="fluxer", Key="a/b")
    equal("deleting twice", s3.delete_object(Bucket="fluxer", Key="a/b")["ResponseMetadata"]["HTTPStatusCode"], 204)
    s3.put_object(Bucket="fluxer", Key="empty", Body=b"")
    equal("nothing", s3.get_object(Bucket="fluxer", Key="empty")["Body"].read(), b"")
    refused("a range of nothing", "InvalidRange", 416, s3.get_object, Bucket="fluxer", Key="empty", Range="bytes=0-0")


def conditions(s3, etag):
    get = lambda **asked: s3.get_object(Bucket="fluxer", Key="a/b", **asked)
    modified = get()["LastModified"]
    day = datetime.timedelta(days=1)
    get(IfMatch=etag), get(IfNoneMatch='"other"'), get(IfModifiedSince=modified - day), get(IfUnmodifiedSince=modified)
    refused("if-match", "PreconditionFailed", 412, get, IfMatch='"other"')
    refused("if-none-match", "304", 304, get, IfNoneMatch=etag)
    refused("if-none-match on head", "304", 304, s3.head_object, Bucket="fluxer", Key="a/b", IfNoneMatch=etag)
    refused("if-modified-since", "304", 304, get, IfModifiedSince=modified)
    refused("if-unmodified-since", "PreconditionFailed", 412, get, IfUnmodifiedSince=modified - day)
    refused("a range under a condition", "304", 304, get, IfNoneMatch=etag, Range="bytes=0-1")
    get(IfMatch=etag, IfUnmodifiedSince=modified - day)  # the tag counts


def odd_keys(s3):
    keys = ["ü/日本語 😀.png", "a b+c%20d", "folder/", "//", "/lead", "a//b", "..", "../../etc/passwd", "a/./b",
            "q?x=1&y=2#z", "~-_.!*'();:@&=+$,", "con", "x" * 255, "界" * 330, "tab\there", "back\\slash",
            "\u0000"[:0] + "control\x01", "quote\"<>&", "trailing.", "." * 3, "%", "%%41",
            "k" * LONGEST_KEY, "界" * 336 + "kk", "a/" * (LONGEST_KEY // 2)]
    for number, key in enumerate(keys):
        s3.put_object(Bucket="fluxer-static", Key=key, Body=str(number).encode())
    found = [item["Key"] for page in s3.get_paginator("list_objects_v2").paginate(Bucket="fluxer-static")
             for item in page["Contents"]]
    equal("odd keys are listed in byte order", found, sorted(keys, key=str.encode))
    for number, key in enumerate(keys):
        equal(f"odd key {key!r}", s3.get_object(Bucket="fluxer-static", Key=key)["Body"].read(), str(number).encode())
        s3.copy_object(Bucket="fluxer-static", Key="copied", CopySource={"Bucket": "fluxer-static", "Key": key})
        equal(f"copy of {key!r}", s3.get_object(Bucket="fluxer-static", Key="copied")["Body"].read(),
              str(number).encode())
    refused("long keys", "KeyTooLongError", 400, s3.put_object, Bucket="fluxer-static", Key="k" * (LONGEST_KEY + 1),
            Body=b"")
    status, _, body = raw("PUT", URL + "/fluxer-static/nul%00", headers=signed("PUT", "/fluxer-static/nul%00"))
    check("keys without NUL", status == 400, (status, body))
    gone = s3.delete_objects(Bucket="fluxer-static", Delete={"Objects": [{"Key": key} for key in keys if key.isprintable()
                                                                        ] + [{"Key": "never there"}]})
    equal("all at once", len(gone["Deleted"]), len([key for key in keys if key.isprintable()]) + 1)
    s3.delete_objects(Bucket="fluxer-static", Delete={"Objects": [{"Key": "copied"}], "Quiet": True})
    for key in keys:
        s3.delete_object(Bucket="fluxer-static", Key=key)
    check("empty again", "Contents" not in s3.list_objects_v2(Bucket="fluxer-static"))


def lists(s3):
    keys = sorted(f"p/{n % 7}/{n:05}" for n in range(2500))
    for key in keys:
        s3.put_object(Bucket="fluxer-harvests", Key=key, Body=b"")
    for operation, size in [("list_objects", 1000), ("list_objects_v2", 1000), ("list_objects_v2", 37)]:
        pages = s3.get_paginator(operation).paginate(Bucket="fluxer-harvests",
                                                     PaginationConfig={"PageSize": size})
        found = [item["Key"] for page in pages for item in page.get("Contents", [])]
        equal(f"{operation} by {size}", found, keys)
    found = [prefix["Prefix"] for page in
             s3.get_paginator("list_objects_v2").paginate(Bucket="fluxer-harvests", Prefix="p/", Delimiter="/",
                                                          PaginationConfig={"PageSize": 3})
             for prefix in page.get("CommonPrefixes", [])]
    equal("groups by pages", found, [f"p/{n}/" for n in range(7)])
    one = s3.list_objects(Bucket="fluxer-harvests", Delimiter="/", MaxKeys=1)
    equal("one group", ([p["Prefix"] for p in one["CommonPrefixes"]], one["IsTruncated"]), (["p/"], False))
    after = s3.list_objects_v2(Bucket="fluxer-harvests", StartAfter="p/6/02490", MaxKeys=5)
    equal("start after", [item["Key"] for item in after["Contents"]], ["p/6/02491", "p/6/02498"][:after["KeyCount"]]
          if "p/6/02491" in keys else [key for key in keys if key > "p/6/02490"][:5])
    equal("no keys asked for", s3.list_objects_v2(Bucket="fluxer-harvests", MaxKeys=0)["KeyCount"], 0)
    refused("foreign tokens", "InvalidArgument", 400, s3.list_objects_v2, Bucket="fluxer-harvests",
            ContinuationToken="%%%")
    for at in range(0, 2500, 1000):
        gone = s3.delete_objects(Bucket="fluxer-harvests",
                                 Delete={"Objects": [{"Key": key} for key in keys[at:at + 1000]], "Quiet": True})
        check("quiet", "Deleted" not in gone and "Errors" not in gone)
    check("nothing left", "Contents" not in s3.list_objects_v2(Bucket="fluxer-harvests"))
    many = {"Objects": [{"Key": str(n)} for n in range(1001)]}
    refused("a thousand at once", "MalformedXML", 400, s3.delete_objects, Bucket="fluxer-harvests", Delete=many)


def copies(s3):
    s3.put_object(Bucket="fluxer", Key="from", Body=b"content", ContentType="a/b", Metadata={"x": "1"})
    source = {"Bucket": "fluxer", "Key": "from"}
    s3.copy_object(Bucket="fluxer-uploads", Key="to/here", CopySource=source)
    kept = s3.get_object(Bucket="fluxer-uploads", Key="to/here")
    equal("copied", (kept["Body"].read(), kept["ContentType"], kept["Metadata"]), (b"content", "a/b", {"x": "1"}))
    s3.copy_object(Bucket="fluxer-uploads", Key="to/here", CopySource=source, MetadataDirective="REPLACE",
                   ContentType="c/d", Metadata={"y": "2"})
    new = s3.head_object(Bucket="fluxer-uploads", Key="to/here")
    equal("replaced", (new["ContentType"], new["Metadata"]), ("c/d", {"y": "2"}))
    refused("onto itself", "InvalidRequest", 400, s3.copy_object, Bucket="fluxer", Key="from", CopySource=source)
    s3.copy_object(Bucket="fluxer", Key="from", CopySource=source, MetadataDirective="REPLACE", ContentType="e/f")
    equal("onto itself with new metadata", s3.head_object(Bucket="fluxer", Key="from")["ContentType"], "e/f")
    refused("no source", "NoSuchKey", 404, s3.copy_object, Bucket="fluxer", Key="x",
            CopySource={"Bucket": "fluxer", "Key": "none"})
    refused("a condition on the source", "PreconditionFailed", 412, s3.copy_object, Bucket="fluxer", Key="x",
            CopySource=source, CopySourceIfMatch='"other"')


def uploads(s3):
    start = lambda key, **said: s3.create_multipart_upload(Bucket="fluxer-uploads", Key=key, **said)["UploadId"]
    first, second = os.urandom(6 * MIB), os.urandom(1_000_001)
    upload = start("big", ContentType="video/mp4", Metadata={"m": "1"})
    part = lambda number, body, **said: {"PartNumber": number, "ETag": s3.upload_part(
        Bucket="fluxer-uploads", Key="big", UploadId=upload, PartNumber=number, Body=body, **said)["ETag"]}
    one, seven = part(1, first), part(7, second)
    s3.put_object(Bucket="fluxer-uploads", Key="piece", Body=b"0123456789")
    copied = s3.upload_part_copy(Bucket="fluxer-uploads", Key="big", UploadId=upload, PartNumber=9,
                                 CopySource="fluxer-uploads/piece", CopySourceRange="bytes=2-4")["CopyPartResult"]
    nine = {"PartNumber": 9, "ETag": copied["ETag"]}
    listed = s3.list_parts(Bucket="fluxer-uploads", Key="big", UploadId=upload, MaxParts=2)
    equal("parts", [(p["PartNumber"], p["Size"]) for p in listed["Parts"]], [(1, len(first)), (7, len(second))])
    equal("there are more", (listed["IsTruncated"], listed["NextPartNumberMarker"]), (True, 7))
    listed = s3.list_parts(Bucket="fluxer-uploads", Key="big", UploadId=upload, PartNumberMarker=7)
    equal("the rest", [p["PartNumber"] for p in listed["Parts"]], [9])
    other = start("other/one")
    running = s3.list_multipart_uploads(Bucket="fluxer-uploads")["Uploads"]
    equal("uploads", [(u["Key"], u["UploadId"]) for u in running], [("big", upload), ("other/one", other)])
    grouped = s3.list_multipart_uploads(Bucket="fluxer-uploads", Delimiter="/")
    equal("uploads by group", [p["Prefix"] for p in grouped["CommonPrefixes"]], ["other/"])
    done = lambda *parts, **named: s3.complete_multipart_upload(**{
        "Bucket": "fluxer-uploads", "Key": "big", "UploadId": upload, "MultipartUpload": {"Parts": list(parts)}, **named})
    refused("order", "InvalidPartOrder", 400, done, seven, one)
    refused("a wrong part", "InvalidPart", 400, done, one, {**seven, "ETag": one["ETag"]})
    refused("a missing part", "InvalidPart", 400, done, one, {"PartNumber": 8, "ETag": one["ETag"]})
    refused("another key", "NoSuchUpload", 404, done, one, Key="wrong")
    refused("not yet there", "404", 404, s3.head_object, Bucket="fluxer-uploads", Key="big")
    refused("part numbers", "InvalidArgument", 400, part, 10001, b"x")
    refused("a part with a wrong digest", "BadDigest", 400, part, 1, b"x", ContentMD5="1B2M2Y8AsgTpgAmY7PhCfg==")
    result = done(one, seven, nine)
    digests = b"".join(hashlib.md5(body).digest() for body in (first, second, b"234"))
    equal("its etag", result["ETag"], f'"{hashlib.md5(digests).hexdigest()}-3"')
    got = s3.get_object(Bucket="fluxer-uploads", Key="big")
    equal("its content", got["Body"].read(), first + second + b"234")
    equal("what was said", (got["ContentType"], got["Metadata"]), ("video/mp4", {"m": "1"}))
    refused("done is done", "NoSuchUpload", 404, done, one)
    s3.abort_multipart_upload(Bucket="fluxer-uploads", Key="other/one", UploadId=other)
    refused("aborted is gone", "NoSuchUpload", 404, s3.abort_multipart_upload, Bucket="fluxer-uploads",
            Key="other/one", UploadId=other)
    check("no uploads left", "Uploads" not in s3.list_multipart_uploads(Bucket="fluxer-uploads"))


def writes(s3):
    put = lambda body=b"x", **said: s3.put_object(Bucket="fluxer", Key="guarded", Body=body, **said)
    refused("nothing to replace", "NoSuchKey", 404, put, IfMatch='"other"')
    first = put(b"first", IfNoneMatch="*")["ETag"]
    refused("there is one", "PreconditionFailed", 412, put, IfNoneMatch="*")
    refused("another one", "PreconditionFailed", 412, put, IfMatch='"other"')
    refused("what S3 has not either", "NotImplemented", 501, put, IfNoneMatch=first)
    refused("much that is not wanted", "PreconditionFailed", 412, put, bytes(MIB), IfNoneMatch="*")
    equal("it stays", s3.get_object(Bucket="fluxer", Key="guarded")["Body"].read(), b"first")
    second = put(b"second", IfMatch=first)["ETag"]
    source = {"Bucket": "fluxer", "Key": "guarded"}
    copy = lambda **said: s3.copy_object(Bucket="fluxer", Key="guarded-copy", CopySource=source, **said)
    copy(IfNoneMatch="*")
    refused("a copy onto one", "PreconditionFailed", 412, copy, IfNoneMatch="*")
    refused("a copy onto another one", "PreconditionFailed", 412, copy, IfMatch=first)
    copy(IfMatch=second)
    delete = lambda etag, key="guarded": s3.delete_object(Bucket="fluxer", Key=key, IfMatch=etag)
    refused("a delete of another one", "PreconditionFailed", 412, delete, first)
    delete(second)
    refused("a delete of none", "PreconditionFailed", 412, delete, second)

    named = {"Bucket": "fluxer", "Key": "guarded"}
    upload = s3.create_multipart_upload(**named)["UploadId"]
    parts = {"Parts": [{"PartNumber": 1, "ETag": s3.upload_part(**named, UploadId=upload, PartNumber=1, Body=b"part")["ETag"]}]}
    done = lambda **said: s3.complete_multipart_upload(**named, UploadId=upload, MultipartUpload=parts, **said)
    refused("an upload onto none", "NoSuchKey", 404, done, IfMatch=second)
    third = put(b"third")["ETag"]
    refused("an upload onto one", "PreconditionFailed", 412, done, IfNoneMatch="*")
    done(IfMatch=third)

    clients = [client() for _ in range(16)]

    def race(number):
        try:
            clients[number].put_object(Bucket="fluxer", Key="raced", Body=str(number).encode(), IfNoneMatch="*")
            return None
        except ClientError as error:
            return error.response["Error"]["Code"]

    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        for _ in range(5):
            outcomes = list(pool.map(race, range(16)))
            equal("the others lost", sorted(map(str, outcomes)), ["None"] + 15 * ["PreconditionFailed"])
            kept = s3.get_object(Bucket="fluxer", Key="raced")["Body"].read()
            equal("one of sixteen won", kept, str(outcomes.index(None)).encode())
            s3.delete_object(Bucket="fluxer", Key="raced")


def pieces(s3):
    """An object by the parts it was uploaded in."""
    named = {"Bucket": "fluxer", "Key": "by-parts"}
    bodies = [os.urandom(size) for size in (5 * MIB, 5 * MIB, 77)]
    upload = s3.create_multipart_upload(**named)["UploadId"]
    parts = [{"PartNumber": number, "ETag": s3.upload_part(**named, UploadId=upload, PartNumber=number, Body=body)["ETag"]}
             for number, body in zip((3, 5, 9), bodies)]
    s3.complete_multipart_upload(**named, UploadId=upload, MultipartUpload={"Parts": parts})
    start = 0
    for number, body in enumerate(bodies, 1):
        got = s3.get_object(**named, PartNumber=number)
        equal(f"part {number}", got["Body"].read(), body)
        head = s3.head_object(**named, PartNumber=number)
        shown = (206, 3, len(body), f"bytes {start}-{start + len(body) - 1}/{sum(map(len, bodies))}")
        for found in (got, head):
            equal(f"what is said of part {number}", (found["ResponseMetadata"]["HTTPStatusCode"], found["PartsCount"],
                                                   found["ContentLength"], found.get("ContentRange")), shown)
        start += len(body)
    refused("no such part", "InvalidPartNumber", 416, s3.get_object, **named, PartNumber=4)
    refused("no such part", "416", 416, s3.head_object, **named, PartNumber=4)
    refused("part 0", "InvalidArgument", 400, s3.get_object, **named, PartNumber=0)
    refused("a range of a part", "InvalidRequest", 400, s3.get_object, **named, PartNumber=1, Range="bytes=0-1")
    check("not asked for", "PartsCount" not in s3.head_object(**named))
    s3.put_object(Bucket="fluxer", Key="in-one", Body=b"whole")
    whole = s3.get_object(Bucket="fluxer", Key="in-one", PartNumber=1)
    equal("in one piece", (whole["Body"].read(), whole["ResponseMetadata"]["HTTPStatusCode"], "PartsCount" in whole),
          (b"whole", 206, False))
    refused("in one piece", "InvalidPartNumber", 416, s3.get_object, Bucket="fluxer", Key="in-one", PartNumber=2)


def integrity(s3):
    put = lambda body=b"hello", **said: s3.put_object(Bucket="fluxer", Key="sum", Body=body, **said)
    put(ContentMD5="XUFAKrxLKna5cZ2REBfFkg==")
    refused("a wrong MD5", "BadDigest", 400, put, b"hallo", ContentMD5="XUFAKrxLKna5cZ2REBfFkg==")
    refused("no MD5 at all", "InvalidDigest", 400, put, ContentMD5="nonsense")
    for algorithm in ("CRC32", "SHA1", "SHA256"):
        put(ChecksumAlgorithm=algorithm)
    refused("a wrong CRC", "BadDigest", 400, put, ChecksumCRC32="AAAAAA==")
    refused("a wrong SHA-256", "BadDigest", 400, put, ChecksumSHA256=43 * "A" + "=")
    headers = signed("PUT", "/fluxer/sum", b"signed content")
    status, _, body = raw("PUT", URL + "/fluxer/sum", b"other  content", headers)
    check("a body that was not signed", status == 400 and b"XAmzContentSHA256Mismatch" in body, (status, body))
    equal("the old object is untouched", s3.get_object(Bucket="fluxer", Key="sum")["Body"].read(), b"hello")
    # aws-chunked, unsigned, with a checksum behind the body
    chunked = b"5\r\nhello\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n"
    named = {"content-encoding": "aws-chunked", "x-amz-decoded-content-length": "11",
             "x-amz-trailer": "x-amz-checksum-crc32"}
    for sent, wanted in [(chunked, 200), (chunked.replace(b"DUoRhQ", b"AAAAAA"), 400), (chunked[:-20], 400)]:
        headers = signed("PUT", "/fluxer/chunked", sent, named, trailer=True)
        status, _, body = raw("PUT", URL + "/fluxer/chunked", sent, headers)
        equal(f"chunked ({body[:200]})", status, wanted)
    got = s3.get_object(Bucket="fluxer", Key="chunked")
    equal("chunks are taken out", (got["Body"].read(), got.get("ContentEncoding", "")), (b"hello world", ""))


def signatures(s3):
    refused("a wrong key", "InvalidAccessKeyId", 403, client(key="nobody").list_buckets)
    refused("a wrong secret", "SignatureDoesNotMatch", 403, client(secret="wrong").list_buckets)
    status, _, body = raw("GET", URL + "/fluxer/sum")
    check("nobody is let in", status == 403 and b"<Code>AccessDenied</Code>" in body, (status, body))
    check("errors name the request", b"<RequestId>" in body and b"<Resource>/s3/fluxer/sum</Resource>" in body, body)
    now = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
    for minutes in (-16, 16):
        skewed = signed("GET", "/fluxer/sum", moment=now + datetime.timedelta(minutes=minutes))
        status, _, body = raw("GET", URL + "/fluxer/sum", headers=skewed)
        check(f"{minutes} minutes", status == 403 and b"RequestTimeTooSkewed" in body, (status, body))
    status, _, body = raw("GET", URL + "/fluxer/sum", headers=signed("GET", "/fluxer/sum",
                                                                     moment=now - datetime.timedelta(minutes=14)))
    check("a clock may be a little wrong", status == 200, (status, body))
    status, _, body = raw("GET", URL + "/fluxer/other", headers=signed("GET", "/fluxer/sum"))
    check("signed for another path", status == 403 and b"SignatureDoesNotMatch" in body, (status, body))
    link = lambda method="get_object", seconds=60, key="sum": s3.generate_presigned_url(
        method, Params={"Bucket": "fluxer", "Key": key}, ExpiresIn=seconds)
    equal("a presigned address", raw("GET", link())[2], b"hello")
    equal("a presigned upload", raw("PUT", link("put_object", key="uploaded"), b"by link")[0], 200)
    equal("its content", s3.get_object(Bucket="fluxer", Key="uploaded")["Body"].read(), b"by link")
    status, _, body = raw("GET", link() + "0")
    check("a changed signature", status in (400, 403), (status, body))
    status, _, body = raw("GET", link().replace("/sum?", "/uploaded?"))
    check("a changed key", status == 403 and b"SignatureDoesNotMatch" in body, (status, body))
    short = link(seconds=1)
    old = botocore.auth.get_current_datetime
    botocore.auth.get_current_datetime = lambda *a, **k: now - datetime.timedelta(seconds=100)
    try:
        short = link(seconds=50)
    finally:
        botocore.auth.get_current_datetime = old
    status, _, body = raw("GET", short)
    check("an expired address", status == 403 and b"AccessDenied" in body, (status, body))
    status, _, body = raw("GET", link(seconds=604_801))
    check("a week at most", status == 400 and b"AuthorizationQueryParametersError" in body, (status, body))
    status, _, body = raw("GET", URL + "/fluxer/sum", headers={"Authorization": f"AWS {KEY}:c2ln"})
    check("version 2 is not accepted", status == 400, (status, body))


def browsers():
    status, headers, _ = raw("OPTIONS", URL + "/fluxer/sum", headers={
        "Origin": "https://chat.example", "Access-Control-Request-Method": "PUT",
        "Access-Control-Request-Headers": "x-amz-date"})
    equal("preflight", (status, headers["Access-Control-Allow-Origin"], headers["Access-Control-Allow-Headers"]),
          (200, "https://chat.example", "x-amz-date"))
    status, headers, body = raw("GET", URL + "/_health")
    equal("health", (status, body.replace(b" ", b"")), (200, b'{"ok":true}'))
    given = signed("GET", "/fluxer/sum", headers={"Host": "files.example"})
    given["X-Forwarded-Host"] = given.pop("Host")
    equal("behind a proxy", raw("GET", URL + "/fluxer/sum", headers=given)[0], 200)


def cli(folder):
    aws = pathlib.Path(sys.executable).parent / "aws"
    (folder / "config").write_text("[default]\nregion = local\ns3 =\n  addressing_style = path\n")
    environment = {**os.environ, "AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET,
                   "AWS_CONFIG_FILE": str(folder / "config"), "AWS_EC2_METADATA_DISABLED": "true"}

    def run(*arguments):
        done = subprocess.run([aws, "--endpoint-url", URL, *map(str, arguments)], env=environment,
                              capture_output=True, text=True, timeout=600)
        check(f"aws {arguments}", done.returncode == 0, done.stdout + done.stderr)
        return done.stdout

    tree = folder / "tree"
    (tree / "deep").mkdir(parents=True)
    (tree / "a.txt").write_text("a")
    (tree / "deep/ü b.bin").write_bytes(os.urandom(20 * MIB))
    run("s3", "mb", "s3://by-cli")
    run("s3", "cp", "--recursive", tree, "s3://by-cli/tree/")
    check("ls", "tree/deep/ü b.bin" in run("s3", "ls", "--recursive", "s3://by-cli"))
    run("s3", "sync", "s3://by-cli/tree", folder / "back")
    for name in ("a.txt", "deep/ü b.bin"):
        equal(f"{name} came back", (folder / "back" / name).read_bytes(), (tree / name).read_bytes())
    run("s3", "mv", "s3://by-cli/tree/a.txt", "s3://by-cli/moved.txt")
    check("presign", raw("GET", run("s3", "presign", "s3://by-cli/moved.txt").strip())[2] == b"a")
    run("s3api", "head-object", "--bucket", "by-cli", "--key", "moved.txt")
    run("s3", "rb", "--force", "s3://by-cli")
    check("rb", "by-cli" not in run("s3", "ls"))


def memory():
    port = urllib.parse.urlsplit(URL).port
    for process in pathlib.Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                named = (process / "environ").read_bytes().decode(errors="replace")
                if (process / "comm").read_text().strip() == "fluxer" and f"SERVER__PORT={port}\0" in named:
                    lines = (process / "status").read_text().splitlines()
                    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024
            except OSError:
                continue
    sys.exit("FAILED: the server is not found in /proc")


class Noise(io.RawIOBase):
    """A file that cannot be compressed or cached, made while it is read."""

    def __init__(self, size):
        self.size, self.at, self.block = size, 0, os.urandom(MIB + 1)
        self.md5 = hashlib.md5()

    def readable(self):
        return True

    def read(self, size=-1):
        size = self.size - self.at if size < 0 else min(size, self.size - self.at)
        pieces, left = [], size
        while left:
            start = self.at % len(self.block)
            piece = self.block[start:start + left]
            pieces.append(piece)
            self.at += len(piece)
            left -= len(piece)
        made = b"".join(pieces)
        self.md5.update(made)
        return made


def big(s3, folder):
    before = memory()
    transfer = TransferConfig(multipart_chunksize=16 * MIB, max_concurrency=4)
    noise = Noise(BIG_MB * MIB)
    started = time.monotonic()
    s3.upload_fileobj(noise, "fluxer-downloads", "big.bin", Config=transfer)
    uploaded = time.monotonic()
    target = folder / "big.bin"
    s3.download_file("fluxer-downloads", "big.bin", str(target), Config=transfer)
    downloaded = time.monotonic()
    found = hashlib.md5()
    with target.open("rb") as file:
        while block := file.read(4 * MIB):
            found.update(block)
    target.unlink()
    equal("the big object came back", found.hexdigest(), noise.md5.hexdigest())
    # In one piece and at once, too: nothing is held.
    body = s3.get_object(Bucket="fluxer-downloads", Key="big.bin")["Body"]
    equal("its length", sum(len(block) for block in body.iter_chunks(4 * MIB)), BIG_MB * MIB)
    after = memory()
    print(f"{BIG_MB} MiB in parts: up {BIG_MB / (uploaded - started):.0f} MiB/s, down "
          f"{BIG_MB / (downloaded - uploaded):.0f} MiB/s; memory of the server {before:.0f} -> {after:.0f} MiB")
    check("memory stays", after - before < MEMORY_BOUND_MB, (before, after))
    s3.delete_object(Bucket="fluxer-downloads", Key="big.bin")


def main():
    s3 = client()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for part in (buckets, objects, odd_keys, copies, uploads, writes, pieces, integrity, signatures, lists):
            part(s3)
            print(f"{part.__name__}: fine", flush=True)
        browsers()
        cli(folder)
        print("the AWS CLI: fine", flush=True)
        big(s3, folder)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
