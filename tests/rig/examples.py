"""The examples beside the switch, each as it is written, with its addresses from the environment."""

import asyncio
import json
import struct
import urllib.request

import iso
from rack import EXAMPLES, HOST, Rack, free_port, until


async def heartbeat():
    async with Rack("heartbeat", PULSE_INTERVAL="20ms", PULSE_FILE="beats.ndjson") as rack:
        beats = rack.folder / "heartbeat" / "beats.ndjson"
        await until("ten beats", lambda: beats.exists() and len(beats.read_text().splitlines()) >= 10)
        lines = [json.loads(line) for line in beats.read_text().splitlines()[:10]]
        assert [line["data"]["beat"] for line in lines] == [str(n) for n in range(10)], lines
        assert lines[0]["meta"] == {"source": "heartbeat"}
        assert "data.beat=3" in next(line["msg"] for line in rack.lines() if "data.beat=3" in line["msg"])
        await rack.stop()


async def toll_plaza():
    tariff, lanes, asked = free_port(), free_port(), []

    async def host(reader, writer):
        while True:
            try:
                length = struct.unpack(">H", await reader.readexactly(2))[0]
            except EOFError:
                break
            asked.append(json.loads(await reader.readexactly(length)))
            answer = json.dumps({"id": asked[-1]["id"], "open": asked[-1]["fare"] < 900}).encode()
            writer.write(struct.pack(">H", len(answer)) + answer)
        writer.close()

    server = await asyncio.start_server(host, HOST, tariff)
    async with Rack("toll-plaza", TOLL_LANES=f"{HOST}:{lanes}", TOLL_TARIFF=f"{HOST}:{tariff}") as rack:
        await until("the tariff host", lambda: rack.metric("flux_link_up", flux_name="tariff") == 1)
        east, west = [await asyncio.open_connection(HOST, lanes) for _ in range(2)]
        for number, axles in enumerate([2, 3, 5]):
            east[1].write(json.dumps({"id": f"e{number}", "axles": axles}).encode() + b"\n")
            west[1].write(json.dumps({"id": f"w{number}", "axles": axles}).encode() + b"\n")
        for name, (reader, _) in (("e", east), ("w", west)):
            for number, is_open in enumerate([True, True, False]):
                answer = json.loads(await asyncio.wait_for(reader.readline(), 30))
                assert answer == {"id": f"{name}{number}", "open": is_open}, answer
        assert sorted({request["fare"] for request in asked}) == [310, 450, 900]
        # A line that is no JSON costs itself; the next is answered.
        east[1].write(b"what?\n" + json.dumps({"id": "e9", "axles": 2}).encode() + b"\n")
        assert json.loads(await asyncio.wait_for(east[0].readline(), 30))["id"] == "e9"
        audit = rack.folder / "toll-plaza" / "audit.ndjson"
        await until("the audit", lambda: len(audit.read_text().splitlines()) == 7)
        for _, writer in (east, west):
            writer.close()
        await rack.stop()
    server.close()


async def fare_quote():
    port, rates = free_port(), free_port()

    async def rate(reader, writer):
        path = (await reader.readuntil(b"\r\n\r\n")).split()[1].decode()
        if path == "/rates/silent":
            await reader.read()  # until the rack gives up
        else:
            status, body = ("200 OK", b'{"cents": 7}') if path == "/rates/inner" else ("404 Not Found", b"{}")
            writer.write(f"HTTP/1.1 {status}\r\ncontent-length: {len(body)}\r\n\r\n".encode() + body)
        writer.close()

    server = await asyncio.start_server(rate, HOST, rates)
    async with Rack("fare-quote", QUOTE_BIND=f"{HOST}:{port}", QUOTE_RATES=f"http://{HOST}:{rates}") as rack:
        for zone, fare, estimated in (("inner", 70, False), ("nowhere", 990, True), ("silent", 990, True)):
            body = json.dumps({"zone": zone, "km": 10}).encode()
            request = urllib.request.Request(f"http://{HOST}:{port}/quote", data=body, method="POST")
            answer = await asyncio.to_thread(lambda: urllib.request.urlopen(request, timeout=30).read())
            assert json.loads(answer) == {"zone": zone, "fare": fare, "estimated": estimated}, answer
        await rack.stop()
    server.close()


async def iso8583_monitor():
    port = free_port()
    async with Rack("iso8583-monitor", level="debug", MONITOR=f"{HOST}:{port}") as rack:
        _, writer = await asyncio.open_connection(HOST, port)
        mti, fields = iso.request("4")
        # Elements 14, 22 and 42 are due in a financial request of the reference dialect.
        writer.write(iso.frame(iso.pack(mti, fields)))
        await until("the violations", lambda: rack.metric("flux_iso8583_violations", mti="0200") >= 3)
        rules = [line["rule"] for line in rack.lines("Message breaks a spec rule")]
        assert any("DE 22: is mandatory and is not present" in rule for rule in rules), rules
        await until("the line", lambda: [line for line in rack.lines() if line.get("label") == "seen"])
        [line] = [line for line in rack.lines() if line.get("label") == "seen"]
        assert f"{fields[2][:6]}******{fields[2][-4:]}" in line["msg"] and fields[2] not in line["msg"], line
        writer.close()
        await rack.stop()


def every_example_has_a_test():
    here = {step.__name__.replace("_", "-") for step in STEPS} | {"two-host-switch"}
    there = {folder.name for folder in EXAMPLES.iterdir() if folder.is_dir()}
    assert there <= here, there - here


STEPS = [heartbeat, toll_plaza, fare_quote, iso8583_monitor, every_example_has_a_test]
