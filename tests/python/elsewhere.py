"""Another server on this machine, for what the server under test asks of others."""

import http.server
import json
import threading


class Elsewhere:
    """Another server on this machine: files by path, and an API that answers by a script."""

    def __init__(self):
        self.files, self.asked, self.script = {}, [], [200]
        elsewhere = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                body = elsewhere.files.get(self.path)
                self.answer(404 if body is None else 200, body or b"")

            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                status = elsewhere.script.pop(0) if len(elsewhere.script) > 1 else elsewhere.script[0]
                elsewhere.asked.append((self.path, self.headers["authorization"], body, status))
                self.answer(status, b"{}")

            def answer(self, status, body):
                self.send_response(status)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.http = http.server.ThreadingHTTPServer(("127.0.0.9", 0), Handler)
        self.base = f"http://127.0.0.9:{self.http.server_address[1]}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
