"""The web client as a browser gets it: pages, files, caching, compression, policy. Against FLUXER_TEST_URL, whose
server must have been built with the client inside. Ends with `N passed, N failed`.
"""

import gzip
import http.client
import json
import os
import re
import sys
import urllib.parse

BASE = urllib.parse.urlsplit(os.environ["FLUXER_TEST_URL"])
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Sec-Fetch-Mode": "navigate"}


class Answer:
    def __init__(self, response):
        self.status, self.headers, self.body = response.status, response.headers, response.read()

    def header(self, name):
        return self.headers.get(name) or ""


def ask(path, headers=None, method="GET"):
    connection = http.client.HTTPConnection(BASE.netloc, timeout=30)
    connection.request(method, path, headers=headers or {})
    answer = Answer(connection.getresponse())
    connection.close()
    return answer


def page(path="/login", **more):
    answer = ask(path, {**BROWSER, **more})
    return answer, answer.body.decode()


def assets():
    return re.findall(r'(?:src|href)="(/assets/[^"]+)"', page()[1])


def test_every_page_of_the_client_is_the_page():
    for path in ("/", "/login", "/register", "/invite/abc", "/invite/abc/login", "/channels/@me", "/channels/@me/1/2",
                 "/channels/1", "/channels/1/2", "/channels/1/2/3", "/channels/1/members", "/channels/1/settings/roles",
                 "/settings/profile", "/discover", "/oauth2/authorize?client_id=1", "/theme/1"):
        answer, text = page(path)
        assert answer.status == 200, (path, answer.status)
        assert 'id="root"' in text and answer.header("content-type") == "text/html; charset=utf-8", path


def test_a_programs_request_is_the_apis():
    for path in ("/channels/1", "/channels/1/2", "/oauth2/authorize", "/users/@me", "/channels/1/messages"):
        for headers in ({}, {"Accept": "*/*"}, {"Accept": "application/json"}, {**BROWSER, "Authorization": "x"}):
            answer = ask(path, headers)
            assert answer.header("content-type").startswith("application/json"), (path, headers, answer.status)
    assert ask("/api/channels/1", BROWSER).status == 401
    assert ask("/login", BROWSER, "POST").status in (404, 405)


def test_other_parts_keep_their_addresses():
    for path, status, kind in (("/_health", 200, "application/json"), ("/.well-known/fluxer", 200, "application/json"),
                               ("/api/openapi.json", 200, "application/json"), ("/openapi.json", 200, "application/json"),
                               ("/metrics", 200, "text/plain"), ("/media/avatars/1/x.webp", 404, ""),
                               ("/gateway", None, "")):
        answer = ask(path, BROWSER)
        assert 'id="root"' not in answer.body.decode("utf-8", "replace"), path
        assert status in (None, answer.status) and answer.header("content-type").startswith(kind), (path, answer.status)


def test_an_unknown_address_is_told_in_the_clients_words():
    answer, text = page("/nothing/here")
    assert answer.status == 404 and 'id="root"' in text
    assert ask("/nothing/here").header("content-type").startswith("application/json")


def test_the_policy_names_this_answers_scripts_only():
    nonces = set()
    for _ in range(2):
        answer, text = page()
        policy = dict(part.strip().split(" ", 1) for part in answer.header("content-security-policy").split(";"))
        nonce = re.search(r"'nonce-([^']+)'", policy["script-src"]).group(1)
        nonces.add(nonce)
        assert policy["default-src"] == "'none'" and policy["object-src"] == "'none'", policy
        assert policy["frame-ancestors"] == "'none'" and policy["base-uri"] == "'none'", policy
        assert policy["require-trusted-types-for"] == "'script'" and "unsafe" not in str(policy), policy
        for script in re.findall(r"<script\b[^>]*>", text):
            assert f'nonce="{nonce}"' in script or 'type="application/json"' in script, script
        assert answer.header("x-content-type-options") == "nosniff"
        assert answer.header("x-frame-options") == "DENY"
        assert answer.header("referrer-policy") == "same-origin"
        assert answer.header("cache-control") == "private, no-cache"
    assert len(nonces) == 2, "a nonce was used twice"


def test_the_page_brings_what_the_client_needs_to_start():
    answer, text = page()
    document = re.search(r'<script type="application/json" id="fluxer-discovery">(.*?)</script>', text).group(1)
    assert json.loads(document) == json.loads(ask("/.well-known/fluxer").body)
    link = answer.header("link")
    for asset in assets():
        assert f"<{asset}>" in link, (asset, link)
    languages = re.search(r'name="languages" content="([^"]*)"', text).group(1).split()
    for language in languages:
        _, text = page(**{"Accept-Language": f"xx, {language};q=0.9, en;q=0.1"})
        direction = "rtl" if language == "ar" else "ltr"
        assert f'<html lang="{language}" dir="{direction}"' in text, language


def test_hashed_files_are_kept_for_ever():
    for asset in assets():
        answer = ask(asset)
        assert answer.status == 200 and answer.header("cache-control") == "public, max-age=31536000, immutable", asset
        assert answer.header("x-content-type-options") == "nosniff"
    answer = ask("/assets/nothing-00000000.js", BROWSER)
    assert answer.status == 404 and answer.header("content-type").startswith("text/plain")
    assert answer.header("cache-control") == "no-store"


def test_files_come_compressed_to_who_takes_it():
    for asset in assets():
        plain = ask(asset)
        if len(plain.body) < 1024:
            continue  # too small to gain anything
        assert plain.header("vary") == "accept-encoding" and not plain.header("content-encoding")
        zipped = ask(asset, {"Accept-Encoding": "gzip"})
        assert zipped.header("content-encoding") == "gzip" and gzip.decompress(zipped.body) == plain.body, asset
        brotli = ask(asset, {"Accept-Encoding": "gzip, deflate, br"})
        assert brotli.header("content-encoding") == "br" and len(brotli.body) < len(zipped.body), asset
        assert ask(asset, {"Accept-Encoding": "br;q=0"}).body == plain.body
        head = ask(asset, {"Accept-Encoding": "br"}, "HEAD")
        assert head.status == 200 and head.body == b"" and head.header("content-encoding") == "br"


def test_nothing_outside_the_client_is_a_file():
    for path in ("/../Cargo.toml", "/assets/../index.html", "/assets/..%2f..%2fCargo.toml", "/.stamp", "/index.html.br"):
        answer = ask(path)
        assert answer.status == 404, (path, answer.status)


def main():
    tests = [(name, test) for name, test in sorted(globals().items()) if name.startswith("test_")]
    failed = 0
    for name, test in tests:
        try:
            test()
        except Exception as error:  # every failure is told, of whatever kind
            failed += 1
            print(f"FAILED {name}: {error!r}")
    print(f"{len(tests) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
