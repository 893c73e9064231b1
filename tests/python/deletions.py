"""What is deleted is gone: its rows, its objects and their addresses, and its entries in the index. Only what a
report keeps stays.

`tests/python/deletions.py BINARY`. Looks from outside, over HTTP and by operators' commands, and into the data folder.
The last line is `N passed, N failed`.
"""

import concurrent.futures
import contextlib
import datetime
import json
import shutil
import sqlite3
import sys
import urllib.parse
import urllib.request
import uuid

import steps
from jobs import PIXEL, Person, Server, wait


def attach(person, channel, text, name="note.txt", content=b"a file"):
    """A message with a file."""
    boundary = uuid.uuid4().hex
    payload = json.dumps({"content": text, "attachments": [{"id": 0, "filename": name}]})
    body = (f'--{boundary}\r\ncontent-disposition: form-data; name="payload_json"\r\n\r\n{payload}\r\n'
            f'--{boundary}\r\ncontent-disposition: form-data; name="files[0]"; filename="{name}"\r\n\r\n').encode()
    body += content + f"\r\n--{boundary}--\r\n".encode()
    request = urllib.request.Request(f"{person.server.base}/api/v1/channels/{channel}/messages", data=body, headers={
        "authorization": person.token, "content-type": f"multipart/form-data; boundary={boundary}"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def file_status(server, message):
    path = urllib.parse.urlparse(message["attachments"][0]["url"]).path
    return server.call("GET", server.base + path, raw=True)[0]


def objects(server, word):
    """Files of the object store whose path has the word in it."""
    return [path for path in (server.folder / "data").rglob("*") if path.is_file() and "s3" in path.parts
            and word in str(path.relative_to(server.folder))]


def rows(server, number, columns):
    """How many rows of which tables have the id in one of these columns."""
    found = {}
    with contextlib.closing(sqlite3.connect(server.folder / "data" / "fluxer.db", timeout=30)) as database:
        tables = [name for name, in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            have = [column[1] for column in database.execute(f'PRAGMA table_info("{table}")')]
            for column in set(have) & set(columns):
                count, = database.execute(f'SELECT count(*) FROM "{table}" WHERE "{column}" = ?', (int(number),)).fetchone()
                if count:
                    found[table] = count
    return found


def nothing_of(server, number, columns, but=("read_states",)):
    """No row names the id any more. How far somebody has read may stay: a number of theirs."""
    left = {}

    def gone():
        left.clear()
        left.update(rows(server, number, columns))
        return not set(left) - set(but)
    try:
        wait("the rows to go", gone)
    except AssertionError:
        raise AssertionError(f"rows are left of {columns} {number}: {left}") from None


def found(person, scope, word):
    def ask():
        answer = person.ok("POST", "/search/messages", {**scope, "content": word})
        return None if answer == {"indexing": True} else answer
    return [message["id"] for message in wait("the index", ask)["messages"]]


def expect(person, scope, word, ids):
    wait(f"{len(ids)} hits", lambda: sorted(found(person, scope, word)) == sorted(ids))


def picture(server, path):
    return server.call("GET", f"{server.base}/media/{path}", raw=True)[0]


def sweep(server):
    """The job that deletes objects nobody refers to, and everything else that is due, has run."""
    server.command("jobs", "run", "processAssetDeletionQueue")
    wait("the queue to run empty", lambda: not [
        job for job in json.loads(server.command("jobs", "list", "--json")) if job["state"] != "scheduled"])


def shred(server):
    """An administrator's order: chosen messages of one author go, with their files; nobody else's do."""
    owner, author = Person(server), Person(server)
    guild, channel = owner.guild()
    author.join(owner, channel)
    word = "w" + uuid.uuid4().hex
    doomed = [attach(author, channel, f"{word} {n}") for n in range(3)]
    kept, foreign = attach(author, channel, f"{word} kept"), attach(owner, channel, f"{word} foreign")
    scope = {"context_guild_id": guild}
    expect(owner, scope, word, [m["id"] for m in (*doomed, kept, foreign)])
    entries = [{"channel_id": channel, "message_id": m["id"]} for m in (*doomed, foreign)]
    entries.append({"channel_id": channel, "message_id": "1"})
    server.command("jobs", "run", "messageShred", "--payload", json.dumps({
        "job_id": "77", "admin_user_id": owner.id, "target_user_id": author.id, "entries": entries}))
    for message in doomed:
        path = f"/channels/{channel}/messages/{message['id']}"
        wait("the deletion", lambda: owner.call("GET", path)[0] == 404)
    sweep(server)
    for message in doomed:
        assert file_status(server, message) == 404
        assert not objects(server, message["attachments"][0]["id"])
        nothing_of(server, message["id"], ["message_id"])
    for message in (kept, foreign):
        assert owner.call("GET", f"/channels/{channel}/messages/{message['id']}")[0] == 200
        assert file_status(server, message) == 200
        assert objects(server, message["attachments"][0]["id"])
    expect(owner, scope, word, [kept["id"], foreign["id"]])


def bulk(server):
    """A moderator's deletion of several messages, and an account's of everything it wrote."""
    owner, author = Person(server), Person(server)
    guild, channel = owner.guild()
    author.join(owner, channel)
    word, scope = "w" + uuid.uuid4().hex, {"context_guild_id": guild}
    first, others = attach(author, channel, word), [attach(author, channel, f"{word} {n}") for n in range(2)]
    stays = attach(owner, channel, f"{word} stays")
    expect(owner, scope, word, [m["id"] for m in (first, *others, stays)])
    owner.ok("POST", f"/channels/{channel}/messages/bulk-delete", {"message_ids": [m["id"] for m in others]})
    author.ok("POST", f"/test/users/{author.id}/security-flags", {"set_flags": ["STAFF"]})
    author.ok("POST", "/users/@me/messages/delete/test", {"password": author.password})
    # its time is a minute away: the same job, now
    job, = [job for job in json.loads(server.command("jobs", "list", "--json"))
            if job["kind"] == "bulk_message_deletion"]
    payload = job["payload"] if isinstance(job["payload"], str) else json.dumps(job["payload"])
    server.command("jobs", "run", "bulk_message_deletion", "--payload", payload)
    wait("the deletion", lambda: owner.call("GET", f"/channels/{channel}/messages/{first['id']}")[0] == 404)
    sweep(server)
    for message in (first, *others):
        assert owner.call("GET", f"/channels/{channel}/messages/{message['id']}")[0] == 404
        assert file_status(server, message) == 404
        assert not objects(server, message["attachments"][0]["id"])
        nothing_of(server, message["id"], ["message_id"])
    assert file_status(server, stays) == 200
    expect(owner, scope, word, [stays["id"]])


def channels(server):
    """A channel goes with everything that was said in it."""
    owner = Person(server)
    guild, general = owner.guild()
    channel = owner.ok("POST", f"/guilds/{guild}/channels", {"name": "doomed", "type": 0})["id"]
    word, scope = "w" + uuid.uuid4().hex, {"context_guild_id": guild}
    gone, stays = [attach(owner, channel, f"{word} {n}") for n in range(3)], attach(owner, general, word)
    owner.ok("PUT", f"/channels/{channel}/messages/{gone[0]['id']}/reactions/%F0%9F%91%8D/@me")
    owner.ok("PUT", f"/channels/{channel}/pins/{gone[1]['id']}")
    expect(owner, scope, word, [m["id"] for m in (*gone, stays)])
    owner.ok("DELETE", f"/channels/{channel}")
    wait("the files to go", lambda: [file_status(server, message) for message in gone] == [404] * 3)
    sweep(server)
    assert owner.call("GET", f"/channels/{channel}/messages")[0] == 404
    nothing_of(server, channel, ["channel_id"])
    assert not objects(server, channel)
    assert file_status(server, stays) == 200
    expect(owner, scope, word, [stays["id"]])


def guilds(server):
    """A guild goes with its channels, members, pictures, emojis and stickers."""
    owner, member = Person(server), Person(server)
    guild, channel = owner.guild()
    member.join(owner, channel)
    icon = owner.ok("PATCH", f"/guilds/{guild}", {"icon": PIXEL})["icon"]
    emoji = owner.ok("POST", f"/guilds/{guild}/emojis", {"name": "dot", "image": PIXEL})["id"]
    message = attach(member, channel, "w" + uuid.uuid4().hex)
    found(owner, {"context_guild_id": guild}, message["content"])
    paths = (f"icons/{guild}/{icon}.png", f"emojis/{emoji}.webp")
    assert [picture(server, path) for path in paths] == [200, 200]
    owner.ok("POST", f"/guilds/{guild}/delete", {"password": owner.password})
    for who in (owner, member):
        assert who.call("GET", f"/guilds/{guild}")[0] in (403, 404)
        assert guild not in [g["id"] for g in who.ok("GET", "/users/@me/guilds")]
        assert who.call("POST", "/search/messages", {"context_guild_id": guild, "content": "w"})[0] in (403, 404)
    wait("the file to go", lambda: file_status(server, message) == 404)
    sweep(server)
    wait("the objects to go", lambda: not objects(server, guild) and not objects(server, emoji)
         and not objects(server, channel))
    nothing_of(server, guild, ["guild_id"])
    nothing_of(server, channel, ["channel_id"])


def accounts(server):
    """What a deleted account wrote stays, by nobody; everything it was goes."""
    owner, leaver = Person(server), Person(server)
    guild, channel = owner.guild()
    leaver.join(owner, channel)
    avatar = leaver.ok("PATCH", "/users/@me", {"avatar": PIXEL})["avatar"]
    leaver.ok("PATCH", f"/guilds/{guild}/members/@me", {"nick": "soon gone"})
    word, scope = "w" + uuid.uuid4().hex, {"context_guild_id": guild}
    message = attach(leaver, channel, word)
    expect(owner, scope, word, [message["id"]])
    expect(owner, {**scope, "author_id": [leaver.id]}, word, [message["id"]])
    assert picture(server, f"avatars/{leaver.id}/{avatar}.png") == 200
    owner.ok("POST", f"/test/users/{leaver.id}/set-pending-deletion", {})
    server.command("jobs", "run", "userProcessPendingDeletions")
    wait("the deletion", lambda: owner.ok("GET", f"/test/users/{leaver.id}/data-exists")["has_deleted_flag"])
    sweep(server)
    wait("the avatar to go", lambda: not objects(server, leaver.id))
    there = owner.ok("GET", f"/channels/{channel}/messages/{message['id']}")
    assert there["author"]["id"] != leaver.id and file_status(server, message) == 200
    expect(owner, scope, word, [message["id"]])
    expect(owner, {**scope, "author_id": [leaver.id]}, word, [])
    assert leaver.id not in [m["user"]["id"] for m in owner.ok("GET", f"/guilds/{guild}/members?limit=100")]
    # The row that is left says that there was somebody; audit logs say what they did; tokens of letters expire by
    # themselves within days.
    nothing_of(server, leaver.id, ["user_id", "author_id", "target_user_id"],
               but=("users", "guild_audit_logs", "account_tokens"))


def reports(server):
    """A report keeps copies of the files, which no deletion reaches; of many reports at once no more than five count."""
    owner, reporter = Person(server), Person(server)
    guild, channel = owner.guild()
    reporter.join(owner, channel)
    message = attach(owner, channel, "look at this", "proof.txt", b"the proof")
    file = message["attachments"][0]["id"]
    report = reporter.ok("POST", "/reports/message", {
        "channel_id": channel, "message_id": message["id"], "category": "spam"})["report_id"]
    owner.ok("DELETE", f"/channels/{channel}/messages/{message['id']}")
    sweep(server)
    assert file_status(server, message) == 404
    # beside its content an object's file holds what is known of it
    copy, = [path for path in objects(server, file) if b"the proof" in path.read_bytes()]
    assert report in str(copy) and "reports" in copy.parts, copy
    form = {"user_id": owner.id, "category": "other"}
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: reporter.call("POST", "/reports/user", form), range(16)))
    assert sorted(status for status, _ in answers) == [200] * 4 + [429] * 12, answers
    assert all(3500 <= body["retry_after"] <= 3600 for status, body in answers if status == 429), answers


def inactivity(server):
    """Who was away for years is warned by one letter, and a month later given the usual time; nobody else is."""
    day = datetime.timedelta(days=1)
    now = datetime.datetime.now(datetime.UTC)
    staff, sleeper, away, back = (Person(server) for _ in range(4))
    for person, days in ((sleeper, 800), (away, 700), (back, 800)):
        at = (now - days * day).isoformat().replace("+00:00", "Z")
        staff.ok("POST", f"/test/users/{person.id}/set-last-active-at", {"timestamp": at})
    turn = lambda: staff.ok("POST", "/test/worker/process-inactivity-deletions")
    done = turn()
    assert (done["warnings_sent"], done["deletions_scheduled"], done["errors"]) == (2, 0, 0), done
    letters = lambda person: [m for m in staff.ok("GET", f"/test/emails?recipient={person.email}")["emails"]
                              if m["type"] == "inactivity_warning"]
    wait("the letters", lambda: letters(sleeper) and letters(back))
    done = turn()
    assert (done["warnings_sent"], done["deletions_scheduled"]) == (0, 0), done
    assert [len(letters(person)) for person in (sleeper, back, away)] == [1, 1, 0]
    # a month goes by, in which one of them comes back
    server.kill()
    with contextlib.closing(sqlite3.connect(server.folder / "data" / "fluxer.db", timeout=30)) as database:
        database.execute("UPDATE inactivity_warnings SET warned_at = warned_at - ?", (31 * 86_400_000,))
        database.commit()
    server.start()
    at = now.isoformat().replace("+00:00", "Z")
    staff.ok("POST", f"/test/users/{back.id}/set-last-active-at", {"timestamp": at})
    done = turn()
    assert (done["warnings_sent"], done["deletions_scheduled"], done["errors"]) == (0, 1, 0), done
    assert set(rows(server, sleeper.id, ["user_id"])) >= {"users_pending_deletion"}
    assert not set(rows(server, back.id, ["user_id"])) & {"users_pending_deletion"}
    # coming back in time takes it off
    again = server.call("POST", "/auth/login", {"email": sleeper.email, "password": sleeper.password})
    assert again[0] == 200, again
    wait("the pardon", lambda: not set(rows(server, sleeper.id, ["user_id"])) & {"users_pending_deletion"})


def main():
    server = Server()
    passed, failed = steps.run((shred, bulk, channels, guilds, accounts, reports, inactivity), server)
    if failed:
        print((server.folder / "log").read_text()[-3000:])
        server.kill()
        shutil.rmtree(server.folder)
    else:
        server.stop()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
