"""A server of a test's own: started, killed and started again on one data folder."""

import os
import pathlib
import signal
import subprocess
import time
import urllib.request

import boto3
from botocore.config import Config

KEY, SECRET, REGION = "AKIATESTTESTTESTTEST", "not-a-secret", "local"
START = 30  # seconds


class Instance:
    def __init__(self, folder, host="127.0.0.1", settings=None, arguments=()):
        self.folder, self.host, self.process = pathlib.Path(folder), host, None
        self.settings, self.arguments = settings or {}, arguments
        self.log = self.folder.parent / (self.folder.name + ".log")
        self.base = None

    def environment(self):
        settings = {
            "FLUXER_CONFIG__ENV": "test", "FLUXER_CONFIG__DEV__TEST_MODE_ENABLED": "true",
            "FLUXER_CONFIG__DEV__RELAX_REGISTRATION_RATE_LIMITS": "true",
            "FLUXER_CONFIG__SERVICES__SERVER__HOST": self.host, "FLUXER_CONFIG__DOMAIN__BASE_DOMAIN": self.host,
            "FLUXER_CONFIG__S3__ACCESS_KEY_ID": KEY, "FLUXER_CONFIG__S3__SECRET_ACCESS_KEY": SECRET,
            "FLUXER_CONFIG__NATIVE__LOGS__FORMAT": "text",
        }
        return {**os.environ, **settings, **self.settings}

    def start(self):
        """Starts the server on a free port, which its log tells."""
        begun = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [os.environ["FLUXER_TEST_BIN"], "serve", "--data", str(self.folder), "--port", "0", *self.arguments],
                env=self.environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        deadline = time.monotonic() + START
        while time.monotonic() < deadline:
            text = self.log.read_bytes()[begun:].decode(errors="replace")
            ready = next((line for line in text.splitlines() if "fluxer is ready" in line), None)
            if ready:
                port = next(word for word in ready.split() if word.startswith("port=")).removeprefix("port=")
                self.base = f"http://{self.host}:{port}"
                return self
            if self.process.poll() is not None:
                raise AssertionError(f"the server ended with {self.process.returncode}: {text[-3000:]}")
            time.sleep(0.01)
        raise AssertionError("the server does not start")

    def command(self, *arguments):
        """What an operator types beside the server."""
        done = subprocess.run([os.environ["FLUXER_TEST_BIN"], *arguments, "--data", str(self.folder)],
                              env=self.environment(), capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=40)

    def s3(self):
        options = Config(s3={"addressing_style": "path"}, retries={"max_attempts": 1}, connect_timeout=5,
                         read_timeout=60, signature_version="s3v4")
        return boto3.client("s3", endpoint_url=self.base + "/s3", region_name=REGION, aws_access_key_id=KEY,
                            aws_secret_access_key=SECRET, config=options)

    def health(self):
        with urllib.request.urlopen(self.base + "/_health", timeout=10) as answer:
            return answer.status
