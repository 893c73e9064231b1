"""The commands that run nothing: what they print, what they refuse, how they end."""

import json
import pathlib
import shutil
import subprocess
import tempfile

import rack
from rack import EXAMPLES


def fluxrig(*arguments, code=0, folder=None, **environment):
    done = subprocess.run([rack.BINARY, *map(str, arguments)], text=True, capture_output=True, timeout=60, cwd=folder,
                          env={"PATH": "/usr/bin:/bin", "HOME": str(folder or "/nonexistent"), **environment})
    assert done.returncode == code, (arguments, done.returncode, done.stdout, done.stderr)
    return done


class Folder:
    def __enter__(self):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="fluxrig-"))
        return self.path

    def __exit__(self, *_):
        shutil.rmtree(self.path)


def every_example_is_sound():
    for scenario in sorted(EXAMPLES.glob("*/scenario.yaml")):
        fluxrig("check", scenario)
        done = fluxrig("check", scenario, "--json")
        report = json.loads(done.stdout)
        assert report["ok"] and report["scenarios"][0]["warnings"] == [], report
    fluxrig("spec", "check", EXAMPLES / "two-host-switch" / "spec.yaml", "iso8583-v87-ascii")


def what_is_wrong_is_told_with_its_place():
    text = (EXAMPLES / "two-host-switch" / "scenario.yaml").read_text()
    with Folder() as folder:
        shutil.copy(EXAMPLES / "two-host-switch" / "spec.yaml", folder)
        broken = folder / "broken.yaml"
        for old, new, wanted in [
            ("type: conductor", "type: conducter", "unknown gear type: conducter"),
            ("mode: server", "mode: sever", "(did you mean `server`?)"),
            ("reconnect_wait: 1s", "reconect_wait: 1s", "(did you mean `reconnect_wait`?)"),
            ("idle_timeout: 10m", "idle_timeout: 10", "a duration needs a unit"),
            ("to: decline.in", "to: declien.in", "(did you mean `decline.in`?)"),
            ("spec_path: spec.yaml, direction: decode, on_error", "spec_path: spek.yaml, direction: decode, on_error",
             "spek.yaml"),
            ("string!(%iso8583.mti)", "strin!(%iso8583.mti)", "the gear decline: "),
            ("from: switch.out_a,", "from: switch.aut_a,", "has no output `aut_a`"),
            ("version: 1.0.0", "version: 1.0", "`1.0` is no version"),
        ]:
            assert old in text, old
            broken.write_text(text.replace(old, new))
            done = fluxrig("check", broken, code=1)
            assert wanted in done.stdout, (wanted, done.stdout)
            line = next(number for number, line in enumerate(broken.read_text().splitlines(), 1) if new in line)
            if "spek" not in new and "strin" not in new and "conducter" not in new and "aut_a" not in new:
                assert f"broken.yaml:{line}:" in done.stdout, (line, done.stdout)
            assert "broken.yaml:" in done.stdout
            fluxrig("run", broken, code=1, folder=folder)


def how_it_ends():
    assert fluxrig("version").stdout.startswith("fluxrig ")
    assert json.loads(fluxrig("version", "--json").stdout)["name"] == "fluxrig"
    assert "Usage" in fluxrig(code=2).stderr
    fluxrig("no-such-command", code=2)
    fluxrig("check", "nowhere.yaml", code=2)
    fluxrig("run", code=2, folder="/tmp")
    assert "did you mean `conductor`" in fluxrig("gears", "doc", "conducter", code=2).stderr
    for shell in ("bash", "zsh", "fish"):
        assert "fluxrig" in fluxrig("completion", shell).stdout


def configuration():
    scenario = EXAMPLES / "heartbeat" / "scenario.yaml"
    with Folder() as folder:
        config = folder / "fluxrig.toml"
        config.write_text('[rack]\ndrain_timout = "1s"\n')
        done = fluxrig("run", scenario, "--strict-config", code=2, folder=folder)
        assert "did you mean `rack.drain_timeout`" in done.stderr, done.stderr
        config.write_text('[rack]\ndrain_timeout = 5\n')
        done = fluxrig("run", scenario, code=2, folder=folder)
        assert "rack.drain_timeout (from fluxrig.toml)" in done.stderr, done.stderr
        config.write_text('[rack]\ndrain_timeout = "5s"\n')
        done = fluxrig("configuration", "--json", folder=folder, FLUXRIG_RACK_LANE_QUEUE_SIZE="7")
        keys = {row["key"]: (row["value"], row["from"]) for row in json.loads(done.stdout)}
        assert keys["rack.drain_timeout"] == ("5s", "fluxrig.toml"), keys
        assert keys["rack.lane_queue_size"] == ("7", "FLUXRIG_RACK_LANE_QUEUE_SIZE"), keys
        config.write_text("")
        done = fluxrig("run", scenario, code=2, folder=folder, FLUXRIG_LOGGING_LEVEL="loud")
        assert "FLUXRIG_LOGGING_LEVEL" in done.stderr, done.stderr
        fluxrig("run", scenario, "-c", "elsewhere.toml", code=2, folder=folder)


def specifications_in_the_store():
    spec = EXAMPLES / "two-host-switch" / "spec.yaml"
    with Folder() as folder:
        done = fluxrig("spec", "import", spec, folder=folder)
        assert done.stdout.startswith("Imported two-host-switch:1.0.0@"), done.stdout
        changed = folder / "changed.yaml"
        changed.write_text(spec.read_text().replace("version: 1.0.0", "version: 1.1.0"))
        fluxrig("spec", "import", changed, folder=folder)
        fluxrig("spec", "import", changed, "--tag", "latest", code=2, folder=folder)
        fluxrig("spec", "import", changed, "--tag", "1.0.0", code=1, folder=folder)
        listed = fluxrig("spec", "list", folder=folder).stdout.splitlines()
        assert listed[0].split() == ["NAME", "VERSION", "IMPORTED", "SIZE", "HASH", "TITLE"]
        assert "1.1.0 (latest)" in listed[1] and "1.0.0" in listed[2], listed
        history = json.loads(fluxrig("spec", "history", "two-host-switch", "--json", folder=folder).stdout)
        assert [entry["version"] for entry in history] == ["1.1.0", "1.0.0"]
        fluxrig("spec", "export", "two-host-switch:v1.0.0", folder / "out.yaml", folder=folder)
        assert (folder / "out.yaml").read_text() == spec.read_text()
        page = fluxrig("spec", "doc", "two-host-switch", "--format", "html", folder=folder).stdout
        assert page.startswith("<!doctype html>") and "txn_datetime" in page
        # A scenario may name a stored specification.
        text = (EXAMPLES / "two-host-switch" / "scenario.yaml").read_text()
        scenario = folder / "stored.yaml"
        scenario.write_text(text.replace("spec_path: spec.yaml", 'spec_path: "two-host-switch:1.1.0"'))
        fluxrig("check", scenario, folder=folder)


def scenarios_in_the_store_and_in_pictures():
    scenario = EXAMPLES / "heartbeat" / "scenario.yaml"
    with Folder() as folder:
        assert "Would import heartbeat:1.0.0@" in fluxrig("scenario", "import", scenario, "--dry-run", folder=folder).stdout
        assert "Imported heartbeat:1.0.0@" in fluxrig("scenario", "import", scenario, folder=folder).stdout
        fluxrig("check", "heartbeat:1.0.0", folder=folder)
        changed = folder / "changed.yaml"
        changed.write_text(scenario.read_text().replace("label: beat", "label: pulse"))
        diff = json.loads(fluxrig("scenario", "diff", changed, "--json", folder=folder).stdout)
        assert (diff["restart"], diff["keep"], diff["same"]) == (["say"], ["keep", "pulse"], False), diff
        assert fluxrig("scenario", "viz", scenario, folder=folder).stdout.count("flowchart LR") == 1
        fluxrig("scenario", "viz", scenario, "-o", folder / "pictures", folder=folder)
        assert (folder / "pictures" / "heartbeat.svg").read_text().startswith("<svg")
        schema = json.loads(fluxrig("scenario", "schema").stdout)
        assert "conductor" in json.dumps(schema)
        fluxrig("scenario", "export", "heartbeat", folder / "again.yaml", folder=folder)
        assert (folder / "again.yaml").read_text() == scenario.read_text()


def gears():
    listed = json.loads(fluxrig("gears", "list", "--json").stdout)
    types = {gear["type"] for gear in listed}
    assert {"io_iso8583", "io_tcp", "codec_iso8583", "conductor", "coatcheck", "remap", "http", "generate", "log",
            "file"} <= types, types
    manifest = json.loads(fluxrig("gears", "manifest", "conductor").stdout)
    assert manifest["ports"]["inputs"] == ["in", "in_reply"]
    assert "| `correlation_key` \\* |" in fluxrig("gears", "doc", "conductor").stdout


STEPS = [every_example_is_sound, what_is_wrong_is_told_with_its_place, how_it_ends, configuration,
         specifications_in_the_store, scenarios_in_the_store_and_in_pictures, gears]
