"""A bot written with fluxer.py, a client library we did not write, talks with a person on a live server.

Run by `scripts/with-server`, which sets FLUXER_TEST_URL; the server must be in test mode. Each step is a
test; the last line is `N passed, N failed`.
"""

import asyncio
import io
import logging
import os
import sys

import aiohttp
import fluxer

from human import Human, Inbox, PATIENCE

BASE = os.environ["FLUXER_TEST_URL"]
API = BASE + "/v1"
TEXT, VOICE = 0, 2
PERMISSIONS = 1 << 3  # ADMINISTRATOR


class Echo:
    """The bot: what a tutorial's bot does, plus a record of what reached it."""

    def __init__(self):
        self.heard = Inbox()
        self.bot = fluxer.Bot(command_prefix="!", intents=fluxer.Intents.all(), api_url=API, max_retries=0)
        for name in ("ready", "guild_join", "guild_remove", "message_edit", "message_delete", "member_join",
                     "member_remove", "raw_reaction_add", "raw_reaction_remove", "typing_start", "channel_create",
                     "channel_update", "channel_delete", "guild_role_create", "guild_member_update", "resumed"):
            self.bot.on(name)(self.record(name))
        self.bot.event(self.on_message)
        self.task = None

        @self.bot.command()
        async def ping(message):
            await message.reply("Pong!")

    def record(self, name):
        async def handler(*arguments):
            await self.heard.put((name, arguments[0] if arguments else None))
        return handler

    async def on_message(self, message):
        await self.heard.put(("message", message))
        if message.author.id != self.bot.user.id and message.content.startswith("echo "):
            await message.reply(message.content.removeprefix("echo "))

    async def wait(self, name, wanted=lambda data: True):
        return (await self.heard.wait(lambda item: item[0] == name and wanted(item[1]), name))[1]

    def start(self, token):
        self.task = asyncio.create_task(self.bot.start(token))


class Story:
    """What the steps share, in the order in which they happen."""

    def __init__(self, web):
        self.web = web
        self.owner, self.guest = Human(BASE, web), Human(BASE, web)
        self.echo = Echo()
        self.guild = self.channel = self.message = None

    async def scene(self):
        """A guild with its owner online and an application with a bot."""
        await self.owner.register()
        await self.guest.register()
        self.guild = (await self.owner.call("POST", "/guilds", {"name": "Two people and a bot"}))["id"]
        channels = await self.owner.call("GET", f"/guilds/{self.guild}/channels")
        self.channel = next(c["id"] for c in channels if c["type"] == TEXT)
        application = await self.owner.call("POST", "/oauth2/applications", {"name": "Echo"})
        self.token, self.bot_id = application["bot"]["token"], application["id"]
        async with self.web.get(API + "/gateway/bot", headers={"Authorization": f"Bot {self.token}"}) as answer:
            assert answer.status == 200, await answer.text()
            self.gateway = (await answer.json())["url"]
        ready = await self.owner.come_online(self.gateway, self.guild)
        assert [g["id"] for g in ready["guilds"]] == [self.guild]

    async def bot_logs_in(self):
        self.echo.start(self.token)
        await self.echo.wait("ready")
        assert str(self.echo.bot.user.id) == self.bot_id and self.echo.bot.user.bot
        me = await self.echo.bot._http.get_current_user()
        assert me["id"] == self.bot_id

    async def bot_joins_the_guild(self):
        answer = await self.owner.call("POST", "/oauth2/authorize/consent", {
            "client_id": self.bot_id, "scope": "bot", "guild_id": self.guild, "permissions": str(PERMISSIONS)})
        assert "redirect_to" in answer
        await self.owner.event("GUILD_MEMBER_ADD", lambda d: d["user"]["id"] == self.bot_id)
        guild = await self.echo.wait("guild_join", lambda g: str(g.id) == self.guild)
        assert guild.member_count == 2, guild
        fetched = await self.echo.bot.fetch_guild(self.guild)
        assert fetched.name == "Two people and a bot" and str(fetched.owner_id) == self.owner.id

    async def bot_answers_a_command(self):
        asked = await self.owner.say(self.channel, "!ping")
        answer = await self.owner.event("MESSAGE_CREATE", lambda d: d["content"] == "Pong!")
        assert answer["author"]["id"] == self.bot_id and answer["author"]["bot"] is True
        assert answer["message_reference"]["message_id"] == asked["id"]
        assert answer["referenced_message"]["content"] == "!ping" and answer["type"] == 19

    async def bot_echoes(self):
        for text in ("hello, bot", "Grüße 👋🏽 ‏שלום", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 and `code` and <@%s>" % self.bot_id):
            await self.owner.say(self.channel, "echo " + text)
            answer = await self.owner.event("MESSAGE_CREATE", lambda d: d["content"] == text)
            assert answer["author"]["id"] == self.bot_id
        heard = await self.echo.wait("message", lambda m: m.content.startswith("echo 𝔘"))
        assert [str(u.id) for u in heard.mentions] == [self.bot_id]
        assert str(heard.guild_id) == self.guild and str(heard.channel.id) == self.channel

    async def bot_sends_an_embed(self):
        embed = fluxer.Embed(title="A title", description="And a text", color=0x00FF7F)
        embed.add_field(name="Field", value="Value", inline=True)
        channel = await self.echo.bot.fetch_channel(self.channel)
        self.message = await channel.send("with an embed", embed=embed)
        seen = await self.owner.event("MESSAGE_CREATE", lambda d: d["id"] == str(self.message.id))
        assert seen["embeds"][0]["title"] == "A title" and seen["embeds"][0]["color"] == 0x00FF7F
        assert seen["embeds"][0]["fields"][0]["value"] == "Value"

    async def bot_sends_a_file(self):
        content = bytes(range(256)) * 1000
        channel = await self.echo.bot.fetch_channel(self.channel)
        sent = await channel.send("with a file", file=fluxer.File(io.BytesIO(content), filename="all bytes.bin"))
        seen = await self.owner.event("MESSAGE_CREATE", lambda d: d["id"] == str(sent.id))
        file, = seen["attachments"]
        assert file["filename"] == "all_bytes.bin" and file["size"] == len(content), file
        async with self.web.get(file["url"]) as answer:
            assert answer.status == 200 and await answer.read() == content

    async def bot_reacts(self):
        await self.message.add_reaction("👍")
        added = await self.owner.event("MESSAGE_REACTION_ADD", lambda d: d["message_id"] == str(self.message.id))
        assert added["emoji"]["name"] == "👍" and added["user_id"] == self.bot_id
        again = await self.echo.bot.fetch_message(self.channel, str(self.message.id))
        assert [(r.emoji.unicode, r.count, r.me) for r in again.reactions] == [("👍", 1, True)]

    async def bot_hears_a_reaction(self):
        path = f"/channels/{self.channel}/messages/{self.message.id}/reactions/🎉/@me"
        await self.owner.call("PUT", path)
        heard = await self.echo.wait("raw_reaction_add", lambda r: r.emoji.unicode == "🎉")
        assert str(heard.user_id) == self.owner.id and heard.message_id == self.message.id
        await self.owner.call("DELETE", path)
        await self.echo.wait("raw_reaction_remove", lambda r: r.emoji.unicode == "🎉")

    async def bot_edits(self):
        edited = await self.message.edit(content="edited by the bot")
        assert edited.content == "edited by the bot" and edited.edited_timestamp
        seen = await self.owner.event("MESSAGE_UPDATE", lambda d: d["id"] == str(self.message.id))
        assert seen["content"] == "edited by the bot"

    async def bot_hears_an_edit(self):
        sent = await self.owner.say(self.channel, "first draft")
        await self.owner.call("PATCH", f"/channels/{self.channel}/messages/{sent['id']}", {"content": "second draft"})
        heard = await self.echo.wait("message_edit", lambda m: str(m.id) == sent["id"])
        assert heard.content == "second draft"
        await self.owner.call("DELETE", f"/channels/{self.channel}/messages/{sent['id']}")
        await self.echo.wait("message_delete", lambda d: d["id"] == sent["id"])

    async def bot_pins(self):
        await self.message.pin()
        await self.owner.event("CHANNEL_PINS_UPDATE", lambda d: d["channel_id"] == self.channel)
        pins = await self.owner.call("GET", f"/channels/{self.channel}/messages/pins")
        assert [p["message"]["id"] for p in pins["items"]] == [str(self.message.id)]
        await self.message.unpin()

    async def bot_reads_history(self):
        for number in range(5):
            await self.owner.say(self.channel, f"line {number}")
        channel = await self.echo.bot.fetch_channel(self.channel)
        newest = await channel.fetch_messages(limit=5)
        assert [m.content for m in newest] == [f"line {n}" for n in (4, 3, 2, 1, 0)]
        older = await self.echo.bot._http.get_messages(self.channel, limit=2, before=newest[-1].id)
        assert all(int(m["id"]) < newest[-1].id for m in older) and len(older) == 2

    async def bot_types(self):
        channel = await self.echo.bot.fetch_channel(self.channel)
        await channel.trigger_typing()
        seen = await self.owner.event("TYPING_START", lambda d: d["user_id"] == self.bot_id)
        assert seen["channel_id"] == self.channel
        await self.owner.call("POST", f"/channels/{self.channel}/typing")
        await self.echo.wait("typing_start", lambda d: d["user_id"] == self.owner.id)

    async def bot_shows_its_presence(self):
        await self.owner.send(14, {"subscriptions": {self.guild: {"active": True, "members": [self.bot_id]}}})
        await self.echo.bot._gateway.update_presence(status="idle")
        seen = await self.owner.event(
            "PRESENCE_UPDATE", lambda d: d["user"]["id"] == self.bot_id and d["status"] == "idle")
        assert seen["guild_id"] == self.guild

    async def bot_greets_a_member(self):
        invite = await self.owner.call("POST", f"/channels/{self.channel}/invites", {})
        await self.guest.call("POST", f"/invites/{invite['code']}", {})
        joined = await self.echo.wait("member_join", lambda d: d["user"]["id"] == self.guest.id)
        assert joined["guild_id"] == self.guild
        members = await self.echo.bot.get_guild(int(self.guild)).fetch_members(limit=100)
        assert {str(m.user.id) for m in members} == {self.owner.id, self.guest.id, self.bot_id}

    async def bot_makes_and_gives_a_role(self):
        guild = self.echo.bot.get_guild(int(self.guild))
        role = await guild.create_role(name="Greeted", color=0x3366FF, hoist=True)
        await self.owner.event("GUILD_ROLE_CREATE", lambda d: d["role"]["id"] == str(role.id))
        # New roles begin beside the bot's own at position 1; who gives a role must stand above it.
        roles = await self.owner.call("GET", f"/guilds/{self.guild}/roles")
        own = next(r["id"] for r in roles if r["name"] == "Echo")
        await self.owner.call("PATCH", f"/guilds/{self.guild}/roles", [{"id": own, "position": 2}])
        member = await guild.fetch_member(int(self.guest.id))
        await member.add_role(role.id, reason="said hello")
        await self.owner.event("GUILD_MEMBER_UPDATE", lambda d: str(role.id) in d["roles"])
        again = await guild.fetch_member(int(self.guest.id))
        assert again.has_role(role.id)
        await member.remove_role(role.id)
        assert not (await guild.fetch_member(int(self.guest.id))).has_role(role.id)

    async def bot_makes_a_channel(self):
        made = await self.echo.bot._http.create_guild_channel(self.guild, name="bots-only", type=TEXT)
        await self.echo.wait("channel_create", lambda c: str(c.id) == made["id"])
        await self.echo.bot._http.modify_channel(made["id"], topic="for bots")
        await self.echo.wait("channel_update", lambda c: c.topic == "for bots")
        await self.echo.bot._http.delete_channel(made["id"])
        await self.owner.event("CHANNEL_DELETE", lambda d: d["id"] == made["id"])

    async def bot_writes_to_a_person(self):
        user = await self.echo.bot.fetch_user(self.owner.id)
        sent = await user.send("a direct message")
        seen = await self.owner.event("MESSAGE_CREATE", lambda d: d["id"] == str(sent.id))
        assert seen["content"] == "a direct message" and "guild_id" not in seen
        await self.owner.say(seen["channel_id"], "echo to you as well")
        await self.owner.event("MESSAGE_CREATE", lambda d: d["content"] == "to you as well")

    async def bot_is_told_what_it_may_not(self):
        try:
            await self.echo.bot._http.edit_message(
                self.channel, (await self.owner.say(self.channel, "mine"))["id"], content="not yours")
        except fluxer.Forbidden as error:
            assert error.code == "CANNOT_EDIT_OTHER_USER_MESSAGE", error.code
        else:
            raise AssertionError("a bot edited a person's message")
        try:
            await self.echo.bot.fetch_message(self.channel, "1")
        except fluxer.NotFound as error:
            assert error.code == "UNKNOWN_MESSAGE", error.code
        else:
            raise AssertionError("a message that does not exist was found")

    async def bot_kicks_a_member(self):
        await self.echo.bot.get_guild(int(self.guild)).kick(int(self.guest.id), reason="the end is near")
        await self.echo.wait("member_remove", lambda d: d["user"]["id"] == self.guest.id)
        await self.owner.event("GUILD_MEMBER_REMOVE", lambda d: d["user"]["id"] == self.guest.id)

    async def bot_resumes(self):
        await self.echo.bot._gateway._ws.close(code=4000)  # as the library does when a heartbeat is not answered
        await self.echo.wait("resumed")
        await self.owner.say(self.channel, "echo after the resume")
        await self.owner.event("MESSAGE_CREATE", lambda d: d["content"] == "after the resume")

    async def bot_deletes(self):
        await self.message.delete()
        gone = await self.owner.event("MESSAGE_DELETE", lambda d: d["id"] == str(self.message.id))
        assert gone["channel_id"] == self.channel

    async def bot_leaves(self):
        await self.echo.bot.close()
        await asyncio.wait_for(self.echo.task, PATIENCE)
        await self.owner.event(
            "PRESENCE_UPDATE", lambda d: d["user"]["id"] == self.bot_id and d["status"] == "offline")

    STEPS = (scene, bot_logs_in, bot_joins_the_guild, bot_answers_a_command, bot_echoes, bot_sends_an_embed,
             bot_sends_a_file,
             bot_reacts, bot_hears_a_reaction, bot_edits, bot_hears_an_edit, bot_pins, bot_reads_history, bot_types,
             bot_shows_its_presence, bot_greets_a_member, bot_makes_and_gives_a_role, bot_makes_a_channel,
             bot_writes_to_a_person, bot_is_told_what_it_may_not, bot_kicks_a_member, bot_resumes, bot_deletes,
             bot_leaves)


async def main():
    # An exception in a handler of the library is logged by it: that is a failure of ours to notice.
    complaints = []
    handler = logging.Handler(logging.ERROR)
    handler.emit = lambda record: complaints.append(handler.format(record))
    logging.getLogger("fluxer").addHandler(handler)

    passed = failed = 0
    async with aiohttp.ClientSession() as web:
        story = Story(web)
        for step in Story.STEPS:
            name = step.__name__.replace("_", " ")
            try:
                await asyncio.wait_for(step(story), 3 * PATIENCE)
                if complaints:
                    raise AssertionError("the library complains: " + complaints.pop())
            except Exception as error:  # a step that fails in any way has failed
                failed += 1
                print(f"FAILED {name}: {type(error).__name__}: {error}", flush=True)
                if step in (Story.scene, Story.bot_logs_in, Story.bot_joins_the_guild):
                    break  # nothing after these can work
            else:
                passed += 1
                print(f"ok     {name}", flush=True)
            complaints.clear()
        await story.owner.leave()
        if not story.echo.bot._closed:
            await story.echo.bot.close()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
