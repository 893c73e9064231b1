"""A corpus of hostile files, made anew from a seed: pictures cut off, garbled and far too large, files
that are two things at once, documents that would like to be run, containers that name other files.

Whole files to begin with are made by ffmpeg.
"""

import io
import pathlib
import random
import struct
import subprocess
import tempfile
import zipfile
import zlib

GPS = b"GPS 48.8584N 2.2945E"
SCRIPT = b"<script>document.title='run'</script>"
EXTENSIONS = ("png", "jpg", "gif", "webp", "avif", "svg", "mp4", "webm", "mov", "mkv", "avi", "mp3", "wav", "flac",
              "ogg", "opus", "m4a", "aac", "html", "xhtml", "xml", "js", "css", "pdf", "zip", "txt", "woff2", "ttf",
              "m3u8", "exe", "wasm", "bin")
NAMES = ("../../etc/passwd.png", "..\\..\\boot.ini", "a\r\nSet-Cookie: x=1.png", 'quote".html', "'; drop table.svg",
         "\u202egnp.exe", "nul\u0000byte.png", "con.png", ".htaccess", "...", " .png", "a" * 300 + ".png",
         "пример.jpg", "图片.webp", "%2e%2e%2fx.png", "x.png/../../y.html", "file.png;.html", "x.PNG", "index.html",
         "<img src=x onerror=alert(1)>.png")

WHOLE = {
    "jpg": "-f lavfi -i testsrc=size=400x300 -frames:v 1 -q:v 3",
    "png": "-f lavfi -i testsrc=size=400x300 -frames:v 1",
    "gif": "-f lavfi -i testsrc=size=160x120:rate=5:duration=2",
    "webp": "-f lavfi -i testsrc=size=400x300 -frames:v 1",
    "avif": "-f lavfi -i testsrc=size=128x96 -frames:v 1 -c:v libaom-av1 -cpu-used 8 -still-picture 1",
    "mp4": "-f lavfi -i testsrc=size=160x120:rate=10:duration=1 -metadata location=+48.8584+002.2945/ -c:v libx264 "
           "-pix_fmt yuv420p",
    "mov": "-f lavfi -i testsrc=size=160x120:rate=10:duration=1 -metadata location=+48.8584+002.2945/ -c:v libx264 "
           "-pix_fmt yuv420p",
    "webm": "-f lavfi -i testsrc=size=160x120:rate=10:duration=1 -c:v libvpx",
    "avi": "-f lavfi -i testsrc=size=160x120:rate=10:duration=1 -c:v mpeg4",
    "mp3": "-f lavfi -i sine=duration=1",
    "ogg": "-f lavfi -i sine=duration=1 -c:a libopus",
    "wav": "-f lavfi -i sine=duration=1",
    "flac": "-f lavfi -i sine=duration=1",
}


def whole_files():
    made = {}
    with tempfile.TemporaryDirectory() as folder:
        for extension, arguments in WHOLE.items():
            path = pathlib.Path(folder) / f"x.{extension}"
            subprocess.run(["ffmpeg", "-v", "error", "-nostdin", *arguments.split(), str(path)], check=True)
            made[extension] = path.read_bytes()
    return made


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width, height, depth=8, colour=0, interlace=0, rows=None, extra=b""):
    """A PNG of zeros; `rows` fewer than `height` leaves it unfinished."""
    samples = {0: 1, 2: 3, 4: 2, 6: 4}[colour]
    row = bytes(1 + (width * samples * depth + 7) // 8)
    packer, packed = zlib.compressobj(9), []
    for _ in range(height if rows is None else rows):
        packed.append(packer.compress(row))
    packed.append(packer.flush())
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", b"".join(packed))
            + chunk(b"IEND", b""))


def jpeg_sized(jpeg, width, height, progressive=False):
    """The same JPEG with other dimensions in its header."""
    at = next(i for i in range(len(jpeg) - 9) if jpeg[i] == 0xff and jpeg[i + 1] in (0xc0, 0xc2))
    marker = 0xc2 if progressive else jpeg[at + 1]
    return jpeg[:at + 1] + bytes([marker]) + jpeg[at + 2:at + 5] + struct.pack(">HH", height, width) + jpeg[at + 9:]


def segment(marker, body):
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


def jpeg_with_place(jpeg, orientation=1):
    tiff = (b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01" + struct.pack(">HH", orientation, 0) + bytes(4) + GPS)
    return jpeg[:2] + segment(0xe1, b"Exif\0\0" + tiff) + segment(0xfe, GPS) + jpeg[2:]


def gif_frames(width, height, frames):
    """So many frames of so many pixels, a few bytes each."""
    frame = b"\x21\xf9\x04\0\x01\0\0\0,\0\0\0\0" + struct.pack("<HH", width, height) + b"\0\x02\x02\x4c\x01\0"
    return (b"GIF89a" + struct.pack("<HH", width, height) + b"\x80\0\0\0\0\0\xff\xff\xff" + frame * frames + b";")


def webp_sized(width, height):
    canvas = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    body = b"WEBPVP8X\x0a\0\0\0\x02\0\0\0" + canvas + b"ANIM\x06\0\0\0\0\0\0\0\0\0"
    return b"RIFF" + struct.pack("<I", len(body)) + body


def archive_bomb():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for number in range(4):
            archive.writestr(f"{number}.bin", bytes(16 << 20))
    return packed.getvalue()


def fixed(whole, secret):
    """(name, bytes) of the files that are each made in one way; `secret` is a path nobody may read."""
    svg_head = b"<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' "
    lists = [
        f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{secret}\n#EXT-X-ENDLIST\n",
        f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile://{secret}\n#EXT-X-ENDLIST\n",
        "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://127.0.0.1:1/x.ts\n#EXT-X-ENDLIST\n",
        f"ffconcat version 1.0\nfile '{secret}'\n",
    ]
    for number, text in enumerate(lists):
        for extension in ("mp4", "webm", "mp3", "mov", "avi", "m3u8", "png", "ogg"):
            yield f"list{number}.{extension}", text.encode()
    jpeg, gif = whole["jpg"], whole["gif"]
    for extension in ("png", "jpg", "webp", "gif", "html"):
        bombs = {
            "grey": png(20_000, 20_000, depth=1),
            "unfinished": png(20_000, 20_000, colour=6, rows=3),
            "largest": png(9_500, 9_500, depth=1),
            "interlaced": png(9_500, 9_500, depth=1, interlace=1, rows=60),
            "deep": png(4_000, 4_000, depth=16, colour=6, rows=400),
            "many": gif_frames(1_000, 1_000, 3_000),
            "tiny": gif_frames(1, 1, 20_000),
            "screen": b"GIF89a" + struct.pack("<HH", 20_000, 20_000) + gif[10:],
            "frame": gif_frames(65_535, 65_535, 2)[:6] + struct.pack("<HH", 1, 1) + gif_frames(65_535, 65_535, 2)[10:],
            "canvas": webp_sized(20_000, 20_000),
            "webp": webp_sized(9_500, 9_500),
            "jpeg": jpeg_sized(jpeg, 20_000, 20_000),
            "wide": jpeg_sized(jpeg, 65_535, 1),
            "coefficients": jpeg_sized(jpeg, 9_500, 9_500, progressive=True),
            "big": jpeg_sized(jpeg, 9_500, 9_500),
            "scans": jpeg[:-2] + jpeg[jpeg.index(b"\xff\xda"):-2] * 200 + b"\xff\xd9",
            "text": png(64, 64, extra=chunk(b"zTXt", b"x\0\0" + zlib.compress(bytes(64 << 20), 9))),
            "profile": png(64, 64, extra=chunk(b"iCCP", b"x\0\0" + zlib.compress(bytes(64 << 20), 9))),
        }
        for name, data in bombs.items():
            yield f"bomb-{name}.{extension}", data
    documents = {
        "html": b"<!doctype html><html><body>" + SCRIPT,
        "xhtml": b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body>" + SCRIPT + b"</body></html>",
        "svg": svg_head + b"width='64' height='64' onload='alert(1)'>" + SCRIPT + b"</svg>",
        "foreign": svg_head + b"width='9' height='9'><foreignObject><iframe src='javascript:alert(1)'/></foreignObject></svg>",
        "entities": b"<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>"
                    b"]>" + svg_head + b"width='9' height='9'><text>&b;</text></svg>",
        "outside": f"<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY f SYSTEM 'file://{secret}'>]>".encode() + svg_head
                   + b"width='9' height='9'><image xlink:href='http://127.0.0.1:1/x'/><text>&f;</text></svg>",
        "script": b"alert(document.domain)",
        "pdf": b"%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj",
        "flash": b"FWS\x09" + bytes(40),
        "wasm": b"\0asm\x01\0\0\0",
        "zip": archive_bomb(),
        "gif+js": b"GIF89a/*" + gif[8:] + b"*/=alert(1)//",
        "jpeg+html": jpeg[:2] + segment(0xfe, b"--><html><body>" + SCRIPT) + jpeg[2:] + b"<html>" + SCRIPT,
        "png+zip": whole["png"] + archive_bomb(),
        "wav+html": whole["wav"] + b"<html>" + SCRIPT,
        "mp4+html": whole["mp4"] + b"<html>" + SCRIPT,
        "font": b"wOF2" + bytes(64),
        "empty": b"",
        "zero": bytes(1),
        "zeros": bytes(100_000),
    }
    for name, data in documents.items():
        for extension in EXTENSIONS:
            yield f"{name}.{extension}", data
    for orientation in range(9):
        yield f"place{orientation}.jpg", jpeg_with_place(jpeg, orientation)
    place = chunk(b"eXIf", b"MM\0*" + GPS) + chunk(b"tEXt", b"Comment\0" + GPS)
    yield "place.png", png(64, 64, extra=place)
    for name in NAMES:
        yield name, whole["png"]
        yield name, documents["html"]


def corpus(count, seed, secret):
    """`count` files: all fixed ones, then cut off, garbled and misnamed ones."""
    whole, chance = whole_files(), random.Random(seed)
    made = list(fixed(whole, secret))
    for extension, data in whole.items():
        made.append((f"whole.{extension}", data))
    kinds = list(whole)
    while len(made) < count:
        kind = chance.choice(kinds)
        data = whole[kind]
        match chance.randrange(5):
            case 0:
                data = data[:chance.randrange(len(data))]
            case 1:
                data = bytearray(data)
                for _ in range(chance.randrange(1, 30)):
                    data[chance.randrange(len(data))] = chance.randrange(256)
            case 2:
                at = chance.randrange(min(len(data), 200))
                data = data[:at] + chance.randbytes(chance.randrange(1, 60)) + data[at:]
            case 3:
                other = whole[chance.choice(kinds)]
                data = data[:chance.randrange(len(data))] + other[chance.randrange(len(other)):]
            case _:
                at = chance.randrange(len(data))
                data = data[:at] + data[at + chance.randrange(1, 400):]
        extension = kind if chance.random() < 0.75 else chance.choice(EXTENSIONS)
        made.append((f"{kind}{len(made)}.{extension}", bytes(data)))
    chance.shuffle(made)
    return made[:max(count, 0)]
