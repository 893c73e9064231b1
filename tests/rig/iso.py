"""ISO 8583:1987 in ASCII, as far as the tests speak it, written apart from the rig's own codec."""

import datetime
import itertools
import struct

# Element: digits of the length in front (0: none), length.
ELEMENTS = {2: (2, 19), 3: (0, 6), 4: (0, 12), 7: (0, 10), 11: (0, 6), 37: (0, 12), 38: (0, 6), 39: (0, 2),
            41: (0, 8), 42: (0, 15), 49: (0, 3), 62: (3, 999)}
RESPONSES = {"0100": "0110", "0200": "0210", "0400": "0410", "0420": "0430", "0800": "0810"}
_numbers = itertools.count(1)


def pack(mti, fields):
    bits, body = 0, ""
    for number in sorted(fields):
        prefix, length = ELEMENTS[number]
        value = fields[number]
        assert len(value) <= length and (prefix or len(value) == length), (number, value)
        bits |= 1 << (64 - number)
        body += (f"{len(value):0{prefix}d}" if prefix else "") + value
    return f"{mti}{bits:016X}{body}".encode("ascii")


def unpack(message):
    text = message.decode("ascii")
    mti, bits, at, fields = text[:4], int(text[4:20], 16), 20, {}
    for number in range(2, 65):
        if bits & 1 << (64 - number):
            prefix, length = ELEMENTS[number]
            if prefix:
                length = int(text[at:at + prefix])
                at += prefix
            fields[number] = text[at:at + length]
            at += length
    assert at == len(text), f"{len(text) - at} characters are left"
    return mti, fields


def frame(message):
    return struct.pack(">H", len(message)) + message


async def read(reader):
    """The next message, None at the end."""
    try:
        length = struct.unpack(">H", await reader.readexactly(2))[0]
        return await reader.readexactly(length)
    except (EOFError, ConnectionError):
        return None


def card(prefix, number):
    """A card number with a right check digit."""
    body = f"{prefix}{number:0{15 - len(prefix)}d}"
    digits = [int(digit) * (2 if index % 2 == 0 else 1) for index, digit in enumerate(body)]
    total = sum(digit - 9 if digit > 9 else digit for digit in digits)
    return body + str(-total % 10)


def request(prefix="4", terminal="TERM0001", amount=1000, mti="0200", stan=None):
    number = next(_numbers)
    return mti, {2: card(prefix, number), 3: "000000", 4: f"{amount:012d}",
                 7: datetime.datetime.now(datetime.UTC).strftime("%m%d%H%M%S"),
                 11: stan or f"{number % 1_000_000:06d}", 41: terminal, 49: "978"}
