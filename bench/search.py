#!/usr/bin/env python3
"""Searching a million messages of real text, beside SQLite's FTS5 in the same run.

`bench/search.py [MESSAGES]`. The text is that of the machine's own documentation (copyright files and
documents below /usr/share), cut into pieces of 3 to 20 words, the same ones every time. Both sides index the
same messages with their channel, write them durably 500 at a time and answer the same queries: newest 25 and the total.
"""

import gzip
import os
import pathlib
import random
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
WHERE = ["/usr/share/doc", "/usr/share/perl", "/usr/share/common-licenses", "/usr/share/man/man1", "/usr/share/man/man3",
         "/usr/share/man/man8"]
ROUNDS = 20


def text():
    """The words of the documentation, in their order, again and again."""
    files = sorted(path for place in WHERE for path in pathlib.Path(place).rglob("*") if path.is_file())
    while True:
        seen = 0
        for path in files:
            try:
                raw = path.read_bytes()
                raw = gzip.decompress(raw) if path.suffix == ".gz" else raw
            except OSError:
                continue
            if b"\0" in raw[:4096]:
                continue
            for word in re.sub(r"^\.\w+ ?|\\f.|<[^>]*>", " ", raw.decode(errors="replace"), flags=re.M).split():
                seen += 1
                yield word[:60]
        if not seen:
            sys.exit("there is no text below " + ", ".join(WHERE))


def make(path, count):
    chance = random.Random(7)
    words = text()
    frequent = {}
    now = 300_000_000_000
    with open(path, "w") as out:
        for _ in range(count):
            now += chance.randrange(1, 60_000)
            message = [next(words) for _ in range(chance.randrange(3, 21))]
            channel = 10**17 + int(chance.paretovariate(1.1)) % 1000
            author = 10**17 + chance.randrange(5000)
            out.write(f"{now << 22 | chance.randrange(1 << 22)}\t{channel}\t{author}\t{' '.join(message)}\n")
            for word in message:
                word = word.lower()
                if word.isascii() and word.isalpha():
                    frequent[word] = frequent.get(word, 0) + 1
    return sorted(frequent, key=lambda word: (-frequent[word], word))


def queries(path, frequent):
    chance = random.Random(11)
    pick = lambda low, high: frequent[chance.randrange(low, min(high, len(frequent)))]
    lines = []
    for _ in range(25):
        lines.append(("common", "-", pick(20, 200)))
        lines.append(("word", "-", pick(200, 20_000)))
        lines.append(("two", "-", f"{pick(50, 1000)} {pick(50, 1000)}"))
        lines.append(("prefix", "-", pick(100, 5000)[:chance.randrange(3, 6)]))
        lines.append(("phrase", "-", f"{pick(0, 30)} {pick(30, 300)}"))
        lines.append(("channel", str(10**17 + chance.randrange(1, 40)), pick(20, 1000)))
    pathlib.Path(path).write_text("".join("\t".join(line) + "\n" for line in lines))


def fts5(folder, messages, queries):
    path = os.path.join(folder, "fts5.db")
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("pragma journal_mode=wal")
    db.execute("pragma synchronous=full")
    db.execute("create virtual table found using fts5(content, channel unindexed, content='',"
               " tokenize='unicode61 remove_diacritics 2')")
    db.execute("create table place (id integer primary key, channel text)")
    begun = time.perf_counter()
    some, count = [], 0

    def write():
        db.execute("begin")
        db.executemany("insert into found (rowid, content) values (?, ?)", [(a, d) for a, _, d in some])
        db.executemany("insert into place (id, channel) values (?, ?)", [(a, b) for a, b, _ in some])
        db.execute("commit")
        some.clear()

    for line in open(messages):
        number, channel, _, content = line.rstrip("\n").split("\t", 3)
        some.append((int(number), channel, content))
        count += 1
        if len(some) == 500:
            write()
    write()
    rate = count / (time.perf_counter() - begun)
    db.execute("pragma wal_checkpoint(truncate)")
    size = os.path.getsize(path) / count
    times = {}
    lines = [line.split("\t") for line in pathlib.Path(queries).read_text().splitlines()]
    for _ in range(3):
        for kind, channel, words in lines:
            match = {"phrase": f'"{words}"', "prefix": f'"{words}"*'}.get(kind) or " ".join(f'"{w}"' for w in words.split())
            begun = time.perf_counter()
            if channel == "-":
                db.execute("select rowid from found where found match ? order by rowid desc limit 25", (match,)).fetchall()
                db.execute("select count(*) from found where found match ?", (match,)).fetchone()
            else:
                there = " from found join place on id = found.rowid where found match ? and place.channel = ?"
                db.execute("select id" + there + " order by id desc limit 25", (match, channel)).fetchall()
                db.execute("select count(*)" + there, (match, channel)).fetchone()
            times.setdefault(kind, []).append((time.perf_counter() - begun) * 1000)
    return rate, size, times


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    subprocess.run(["cargo", "build", "--quiet", "--profile", "load", "-p", "platform-search", "--example", "messages"],
                   cwd=ROOT, check=True)
    binary = pathlib.Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target") / "load/examples/messages"
    with tempfile.TemporaryDirectory() as folder:
        messages, asked = os.path.join(folder, "messages"), os.path.join(folder, "queries")
        queries(asked, make(messages, count))
        print(f"{count} messages, {os.path.getsize(messages) / count:.0f} bytes each with their numbers")
        print("embedded:")
        out = subprocess.run([str(binary), os.path.join(folder, "index"), messages, asked], check=True,
                             capture_output=True, text=True).stdout
        for line in out.splitlines():
            name, *rest = line.split()
            if name == "indexed":
                print(f"  {rest[1]} messages/s indexed, {rest[2]} bytes each in the index")
            elif name == "one":
                print(f"  {rest[0]} ms to index one more, durably")
            else:
                print(f"  {rest[0]:8} p50 {rest[1]} ms, p99 {rest[2]} ms")
        print(f"SQLite {sqlite3.sqlite_version} FTS5:")
        rate, size, times = fts5(folder, messages, asked)
        print(f"  {rate:.0f} messages/s indexed, {size:.1f} bytes each")
        for kind, some in sorted(times.items()):
            some.sort()
            print(f"  {kind:8} p50 {statistics.median(some):.3f} ms, p99 {some[int((len(some) - 1) * 0.99)]:.3f} ms")


if __name__ == "__main__":
    main()
