"""The two-host switch under everything that happens to a switch."""

import asyncio
import collections
import contextlib
import json
import signal

import iso
from rack import HOST, Host, Rack, Terminal, check, free_port, until

TTL = "2s"


@contextlib.asynccontextmanager
async def switch(**environment):
    """A switch with both hosts up."""
    port, a, b = free_port(), Host("A"), Host("B")
    await a.open()
    await b.open()
    async with Rack("two-host-switch", SWITCH_TERMINALS=f"{HOST}:{port}", SWITCH_HOST_A=a.address,
                    SWITCH_HOST_B=b.address, SWITCH_TTL=TTL, **environment) as rack:
        rack.port = port
        await up(rack, "host-a", "host-b")
        yield rack, a, b
    for host in (a, b):
        if host.server.is_serving():
            await host.cut()


async def up(rack, *gears, is_up=1.0):
    for gear in gears:
        await until(f"link {gear} = {is_up}",
                    lambda gear=gear: rack.metric("flux_link_up", flux_name=gear) == is_up)


async def terminals(rack, count):
    return [await Terminal(f"T{number:07d}", rack.port).open() for number in range(count)]


async def requests_go_by_their_cards_first_digit():
    async with switch() as (rack, a, b):
        [terminal] = await terminals(rack, 1)
        assert await terminal.ask("4") == ("00", "A")
        assert await terminal.ask("5") == ("00", "B")
        assert await terminal.ask("4", mti="0400") == ("00", "A")
        assert (await terminal.ask("6"))[0] == "05", "nobody takes this card"
        assert (len(a.seen), len(b.seen)) == (2, 1)
        assert rack.metric("flux_conductor_refused", reason="no_route") == 1
        await terminal.close()
        await rack.stop()


async def many_terminals_and_no_answer_crossed():
    async with switch(level="info") as (rack, a, b):
        people = await terminals(rack, 40)

        async def shop(terminal):
            return [await terminal.ask("45"[n % 2], amount=n) for n in range(25)]

        answers = [answer for one in await asyncio.gather(*map(shop, people)) for answer in one]
        assert collections.Counter(answers) == {("00", "A"): 520, ("00", "B"): 480}, collections.Counter(answers)
        assert not any(terminal.stray for terminal in people)
        assert rack.metric("flux_conductor_replied") == 1000
        for terminal in people:
            await terminal.close()
        await rack.stop()


async def what_a_host_does_not_answer_is_declined_and_its_late_reply_dropped():
    async with switch() as (rack, a, b):
        [terminal] = await terminals(rack, 1)
        a.held = asyncio.Event()
        assert await terminal.ask("4") == ("91", "")
        assert await terminal.ask("5") == ("00", "B"), "the other host is not waited for"
        a.held.set()
        await until("the late reply", lambda: rack.metric("flux_conductor_unmatched") == 1)
        await until("its line", lambda: [line for line in rack.lines() if line.get("label") == "late"])
        a.held = None
        assert await terminal.ask("4") == ("00", "A")
        assert terminal.stray == [], "a late reply reached the terminal"
        assert rack.metric("flux_conductor_timeouts") == 1
        await terminal.close()
        await rack.stop()


async def a_retransmission_is_absorbed_and_replayed():
    async with switch() as (rack, a, _):
        [terminal] = await terminals(rack, 1)
        a.held = asyncio.Event()
        request = iso.request("4", terminal=terminal.name)
        first = terminal.send(request)
        await until("the request", lambda: len(a.seen) == 1)
        terminal.writer.write(iso.frame(iso.pack(*request)))
        await until("its repetition", lambda: rack.metric("flux_conductor_retransmissions") == 1)
        a.held.set()
        check(request, await first)
        # Once more when it is answered: the same answer, and the host hears nothing of it.
        again = terminal.send(request)
        assert await again == await first
        assert len(a.seen) == 1 and terminal.stray == []
        # Asked by a terminal whose line broke meanwhile: it goes to the new line.
        await terminal.close()
        back = await Terminal(terminal.name, rack.port).open()
        check(request, await back.send(request))
        assert len(a.seen) == 1
        await back.close()
        await rack.stop()


async def a_host_cut_and_restored_under_load():
    async with switch(level="info") as (rack, a, b):
        people = await terminals(rack, 16)
        outcomes, stop = collections.defaultdict(collections.Counter), asyncio.Event()

        async def shop(terminal):
            while not stop.is_set():
                for prefix in "45":
                    outcomes[prefix][await terminal.ask(prefix)] += 1

        shoppers = [asyncio.create_task(shop(terminal)) for terminal in people]

        async def more(prefix, answer, by=200):
            aim = outcomes[prefix][answer] + by
            await until(f"{by} more of {prefix} {answer}", lambda: failed(shoppers) or outcomes[prefix][answer] >= aim)

        await more("4", ("00", "A"))
        await a.cut()
        await up(rack, "host-a", is_up=0.0)
        await more("4", ("05", ""))
        await more("5", ("00", "B"))
        await a.open()
        await up(rack, "host-a")
        await more("4", ("00", "A"))
        stop.set()
        await asyncio.gather(*shoppers)
        # Every request had one answer (ask checks that it is its own); nothing of B was touched,
        # and what was under way when A went has timed out.
        assert set(outcomes["5"]) == {("00", "B")}, outcomes["5"]
        assert set(outcomes["4"]) <= {("00", "A"), ("05", ""), ("91", "")}, outcomes["4"]
        assert outcomes["4"][("91", "")] <= 64, outcomes["4"]
        assert not any(terminal.stray for terminal in people)
        for terminal in people:
            await terminal.close()
        await rack.stop()


def failed(tasks):
    for task in tasks:
        if task.done():
            task.result()
    return False


async def a_terminals_line_blinks():
    async with switch(level="info") as (rack, a, b):
        [calm, hasty] = await terminals(rack, 2)
        a.held = asyncio.Event()
        for _ in range(8):
            hasty.send(iso.request("4", terminal=hasty.name)).add_done_callback(lambda future: future.exception())
        await until("the requests", lambda: len(a.seen) == 8)
        hasty.writer.transport.abort()
        await until("its end", lambda: rack.metric("flux_port_connections_active", flux_name="terminals") == 1)
        back = await Terminal(hasty.name, rack.port).open()
        a.held.set()
        # What it asked before went down with its connection: nobody else gets those answers.
        await until("the lost replies", lambda: len(rack.lines("not found")) >= 8)
        assert await back.ask("4") == ("00", "A") and await calm.ask("4") == ("00", "A")
        assert back.stray == [] and calm.stray == []
        await calm.close()
        await back.close()
        await rack.stop()


async def a_slow_host_is_felt_and_nothing_grows():
    async with switch(level="info", FLUXRIG_RACK_LANE_QUEUE_SIZE="16") as (rack, a, _):
        [terminal] = await terminals(rack, 1)
        a.paused = asyncio.Event()
        await terminal.ask("5")
        before = rack.metric("process_resident_memory_bytes")
        # The host reads nothing: lanes and socket buffers fill until the terminal's own socket is
        # not read any more. What has no answer in time is declined as always.
        sent, transport = [], terminal.writer.transport
        transport.set_write_buffer_limits(high=256 * 1024)
        blocked = False
        for _ in range(400):
            for _ in range(100):
                sent.append(terminal.send(iso.request("4", terminal=terminal.name)))
            try:
                await asyncio.wait_for(terminal.writer.drain(), 1)
            except TimeoutError:
                blocked = True
                break
            if any(future.done() for future in sent[:1]):
                break
        grown = rack.metric("process_resident_memory_bytes") - before
        assert grown < 150 * 2**20, f"{grown / 2**20:.0f} MiB more"
        a.paused.set()
        a.paused = None
        answers = await asyncio.wait_for(asyncio.gather(*sent), 120)
        codes = collections.Counter(fields[39] for _, fields in answers)
        assert set(codes) <= {"00", "91", "05"} and sum(codes.values()) == len(sent), (codes, blocked)
        await until("the switch as before", lambda: rack.metric("flux_conductor_in_flight") == 0)
        assert await terminal.ask("4") == ("00", "A")
        await terminal.close()
        await rack.stop()


async def a_reload_under_load_drops_no_connection():
    async with switch(level="info") as (rack, a, b):
        people = await terminals(rack, 12)
        answers, stop = collections.Counter(), asyncio.Event()

        async def shop(terminal):
            while not stop.is_set():
                answers[(await terminal.ask("4"))[0]] += 1
                answers["6:" + (await terminal.ask("6"))[0]] += 1

        shoppers = [asyncio.create_task(shop(terminal)) for terminal in people]

        async def more(what, by=200):
            aim = answers[what] + by
            await until(f"{by} more of {what}", lambda: failed(shoppers) or answers[what] >= aim)

        await more("00")
        text = rack.scenario.read_text()
        # Another code for what nobody takes: only the gear that builds declines starts again.
        rack.scenario.write_text(text.replace('{ "05" }', '{ "14" }').replace("version: 1.0.0", "version: 1.0.1"))
        await more("6:14")
        [line] = rack.lines("the scenario was changed")
        assert (line["restarted"], line["started"], line["stopped"]) == ("decline", "", ""), line
        # One that does not hold is refused with the place, and the old one runs on.
        rack.scenario.write_text(text.replace("type: conductor", "type: conducter"))
        await until("the refusal", lambda: rack.lines("is refused"))
        assert "did you mean `conductor`" in rack.lines("is refused")[0]["msg"]
        assert "conductor" in rack.health()["refused"] and rack.health()["scenario"]["version"] == "1.0.1"
        await more("00")
        # By signal, too; the same text changes nothing.
        rack.scenario.write_text(text)
        rack.process.send_signal(signal.SIGHUP)
        await more("6:05")
        stop.set()
        await asyncio.gather(*shoppers)
        assert set(answers) == {"00", "6:05", "6:14"}, answers
        assert rack.metric("flux_port_connections_total", flux_name="terminals") == len(people), "somebody had to come back"
        assert not any(terminal.stray for terminal in people)
        for terminal in people:
            await terminal.close()
        await rack.stop()


async def at_the_end_what_was_asked_is_answered():
    async with switch(level="info") as (rack, a, _):
        [terminal] = await terminals(rack, 1)
        a.held = asyncio.Event()
        asked = [iso.request("4", terminal=terminal.name) for _ in range(20)]
        futures = [terminal.send(request) for request in asked]
        await until("the requests", lambda: len(a.seen) == 20)
        rack.process.send_signal(signal.SIGTERM)
        await until("the drain", lambda: rack.lines("draining"))
        a.held.set()
        for request, future in zip(asked, futures):
            mti, fields = await asyncio.wait_for(future, 30)
            check(request, (mti, fields))
            assert fields[39] == "00", fields[39]
        assert await asyncio.to_thread(rack.process.wait, 40) == 0
        rack.look_for_cards()
        await terminal.task


async def a_second_signal_ends_at_once():
    async with switch(level="info") as (rack, a, _):
        [terminal] = await terminals(rack, 1)
        a.silent = True
        terminal.send(iso.request("4", terminal=terminal.name)).add_done_callback(lambda future: future.exception())
        await until("the request", lambda: a.seen)
        rack.process.send_signal(signal.SIGTERM)
        await until("the drain", lambda: rack.lines("draining"))
        rack.process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(rack.process.wait, 40) == 1
        await terminal.task


async def nothing_shows_a_card_number_however_much_is_logged():
    async with switch(level="trace") as (rack, a, _):
        people = await terminals(rack, 2)
        for terminal in people:
            for prefix in "456":
                await terminal.ask(prefix)
        # Nor do messages that cannot be read.
        broken = iso.pack(*iso.request("4"))
        people[0].writer.write(iso.frame(broken[:-2]) + iso.frame(broken + broken[20:40]))
        await until("the errors", lambda: len(rack.lines("Codec processing failed")) >= 2)
        assert await people[0].ask("4") == ("00", "A"), "the next good message is answered"
        assert rack.lines("Codec field dump") and rack.lines("Codec message processed") and rack.lines("starting gear")
        line = rack.lines("Codec field dump")[0]
        assert {"time", "level", "msg", "flux.type", "flux.name", "component", "flux_id", "source"} <= set(line), line
        for terminal in people:
            await terminal.close()
        await rack.stop()


class Collector:
    """Takes what is exported by OTLP."""

    def __init__(self):
        self.port, self.bodies = free_port(), {"/v1/traces": [], "/v1/metrics": []}

    async def open(self):
        self.server = await asyncio.start_server(self.serve, HOST, self.port)

    async def serve(self, reader, writer):
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.split("content-length:")[1].split("\r\n")[0])
        self.bodies[head.split()[1]].append((await reader.readexactly(length)).decode())
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}")
        writer.close()

    def spans(self):
        return [span for body in self.bodies["/v1/traces"] for resource in json.loads(body)["resourceSpans"]
                for scope in resource["scopeSpans"] for span in scope["spans"]]


async def hops_and_metrics_reach_a_collector():
    collector = Collector()
    await collector.open()
    async with switch(level="info", FLUXRIG_OBSERVABILITY_OTLP_ENDPOINT=f"http://{HOST}:{collector.port}",
                      FLUXRIG_TELEMETRY_BATCH_INTERVAL="50ms") as (rack, a, _):
        [terminal] = await terminals(rack, 1)
        assert await terminal.ask("4") == ("00", "A")
        await until("the last hop", lambda: [span for span in collector.spans() if span["name"] == "terminals"])
        spans = {span["name"]: span for span in collector.spans()}
        request = ["decode-requests", "switch", "encode-a", "host-a"]
        first = spans["decode-requests"]
        assert "parentSpanId" not in first
        assert {span["traceId"] for span in spans.values() if span["name"] in ("decode-requests", "encode-a", "host-a")} \
            == {first["traceId"]}
        assert spans["host-a"]["parentSpanId"] == spans["encode-a"]["spanId"]
        # The answer, too, belongs to the request's trace, from the switch on.
        assert spans["encode-replies"]["traceId"] == spans["terminals"]["traceId"] == first["traceId"], spans
        assert set(request) <= set(spans)
        await until("metrics", lambda: any('"flux.gear.messages_in"' in body for body in collector.bodies["/v1/metrics"]))
        text = "".join(collector.bodies["/v1/traces"] + collector.bodies["/v1/metrics"])
        assert not any(fields[2] in text for _, fields in a.seen), "a card number was exported"
        await terminal.close()
        await rack.stop()
    collector.server.close()


STEPS = [
    hops_and_metrics_reach_a_collector,
    requests_go_by_their_cards_first_digit,
    many_terminals_and_no_answer_crossed,
    what_a_host_does_not_answer_is_declined_and_its_late_reply_dropped,
    a_retransmission_is_absorbed_and_replayed,
    a_host_cut_and_restored_under_load,
    a_terminals_line_blinks,
    a_slow_host_is_felt_and_nothing_grows,
    a_reload_under_load_drops_no_connection,
    at_the_end_what_was_asked_is_answered,
    a_second_signal_ends_at_once,
    nothing_shows_a_card_number_however_much_is_logged,
]
