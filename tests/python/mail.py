"""Mail through a real SMTP server (aiosmtpd): plain, STARTTLS demanded, TLS from the start;
logging in; refusal; the letter as it arrives; and the preview of every letter.

Uses the binary's own commands (FLUXER_TEST_BIN); no server of the product runs.
"""

import email
import email.policy
import json
import os
import pathlib
import socket
import ssl
import subprocess
import sys
import tempfile

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

BINARY = os.environ["FLUXER_TEST_BIN"]
LETTERS = 21
LANGUAGES = 34


class Box:
    def __init__(self):
        self.letters = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 5.1.1 nobody here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.letters.append((session.ssl is not None, session.authenticated, envelope))
        return "250 OK"


def authenticate(server, session, envelope, mechanism, data):
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (b"chat", b"s3cret")
    return AuthResult(success=right)


def certificate(folder):
    """A certificate of a house authority; the server side of TLS only."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
         "-keyout", folder / "key.pem", "-out", folder / "cert.pem"], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context


def fluxer(folder, *arguments, **smtp):
    settings = {"enabled": True, "provider": "smtp", "from_email": "chat@example.org", "from_name": "Tea Räume",
                "smtp": {"host": "127.0.0.1", **smtp}}
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("FLUXER_CONFIG")},
        "FLUXER_CONFIG__INTEGRATIONS__EMAIL": json.dumps(settings),
        "FLUXER_CONFIG__DOMAIN__BASE_DOMAIN": "chat.example.org",
    }
    return subprocess.run([BINARY, "mail", *arguments], cwd=folder, env=environment, capture_output=True, text=True)


def start(box, **options):
    # The controller connects to the port it is told, so that has to be a real one.
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port, **options)
    controller.start()
    return controller, port


def check_letter(raw, secure, language):
    letter = email.message_from_bytes(raw, policy=email.policy.default)
    assert letter.get_content_type() == "multipart/alternative", letter.get_content_type()
    plain, rich = letter.get_payload()
    assert plain.get_content_type() == "text/plain" and rich.get_content_type() == "text/html"
    assert plain.get_content_charset() == rich.get_content_charset() == "utf-8"
    assert letter["from"].addresses[0].addr_spec == "chat@example.org"
    assert letter["from"].addresses[0].display_name == "Tea Räume", letter["from"]
    assert letter["to"].addresses[0].addr_spec == "someone@example.com"
    assert letter["subject"] and letter["date"].datetime and letter["message-id"].startswith("<")
    assert letter["auto-submitted"] == "auto-generated" and letter["content-language"] == language
    for part in (plain, rich):
        text = part.get_content()
        assert "#token=" in text and "Tea Räume" in text, text
    for line in raw.split(b"\r\n"):
        assert len(line) <= 998, "a line longer than SMTP allows"


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        done = 0
        # In the house, without TLS: opportunistic.
        box = Box()
        controller, port = start(box)
        for language in ("en-US", "de", "ja", "ar"):
            told = fluxer(folder, "test", "someone@example.com", "--locale", language, port=port, secure=False)
            assert told.returncode == 0 and "took a letter" in told.stdout, told
            secure, _, envelope = box.letters[-1]
            assert not secure and envelope.rcpt_tos == ["someone@example.com"]
            assert envelope.mail_from == "chat@example.org"
            check_letter(envelope.content, secure, language)
            done += 1
        # A refused recipient is told, and where secure is wanted nothing leaves without TLS.
        told = fluxer(folder, "test", "nobody@example.com", port=port, secure=False)
        assert told.returncode == 1 and "nobody here" in told.stderr, told
        told = fluxer(folder, "test", "someone@example.com", port=port, secure=True)
        assert told.returncode == 1 and "STARTTLS" in told.stderr.upper(), told
        assert len(box.letters) == done
        controller.stop()
        # With STARTTLS, whose certificate nobody vouches for: nothing leaves either.
        context = certificate(folder)
        box = Box()
        controller, port = start(box, tls_context=context, require_starttls=True)
        told = fluxer(folder, "test", "someone@example.com", port=port, secure=True)
        assert told.returncode == 1 and not box.letters, told
        assert "certificate" in told.stderr.lower() or "issuer" in told.stderr.lower(), told.stderr
        controller.stop()
        # Logging in.
        box = Box()
        controller, port = start(box, authenticator=authenticate, auth_required=True, auth_require_tls=False)
        told = fluxer(folder, "test", "someone@example.com", port=port, secure=False, username="chat", password="s3cret")
        assert told.returncode == 0 and box.letters[-1][1], told
        told = fluxer(folder, "test", "someone@example.com", port=port, secure=False, username="chat", password="wrong")
        assert told.returncode == 1 and len(box.letters) == 1 and "s3cret" not in told.stderr, told
        controller.stop()
        # Every letter in every language.
        told = fluxer(folder, "preview", "--locale", "all", "--out", "letters", port=port)
        assert told.returncode == 0, told
        written = list((folder / "letters").iterdir())
        assert len(written) == LETTERS * LANGUAGES * 2, len(written)
        told = fluxer(folder, "preview", "--template", "password_reset", "--locale", "fr", "--text", port=port)
        assert told.returncode == 0 and "nouveau mot de passe" in told.stdout, told
        told = fluxer(folder, "preview", "--template", "nonsense", port=port)
        assert told.returncode == 1 and "password_reset" in told.stderr, told
    print("mail: all of it")
    return 0


if __name__ == "__main__":
    sys.exit(main())
