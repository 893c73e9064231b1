#!/usr/bin/env python3
"""Measures the switch of rig/examples/two-host-switch: `make bench-rig`, or `bench/rig.py --help`.

Rack, both hosts and the terminals run on this machine, each in a process of its own, on loopback. First 60
terminals with 150 transactions each, the next when the last was answered; then rising rates, to find the highest at
which the 99th percentile keeps below the limit; then that rate for a while. Every answer is compared with its
request. Prints a table, and says what of the processors each process took.
"""

import argparse
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "rig/examples/two-host-switch"
TICK = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Process:
    """A program that runs in the background; what it says goes to a file."""

    def __init__(self, name, folder, *command, **environment):
        self.name = name
        self.log = open(folder / f"{name}.log", "w+")
        self.process = subprocess.Popen(command, stdout=self.log, stderr=subprocess.STDOUT, cwd=folder,
                                        env=os.environ | environment)

    def seconds(self):
        """Processor time taken so far."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def memory(self):
        """Resident memory now and at most, in MiB."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        kib = {line.split(":")[0]: int(line.split()[1]) for line in status.splitlines() if line.endswith("kB")}
        return kib["VmRSS"] / 1024, kib["VmHWM"] / 1024

    def check(self):
        if self.process.poll() is not None:
            self.log.seek(0)
            sys.exit(f"{self.name} ended:\n{self.log.read()[-2000:]}")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(40)
        except subprocess.TimeoutExpired:
            self.process.kill()


def listening(port, processes):
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        for process in processes:
            process.check()
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    sys.exit(f"nobody listens on {port}")


def run(binary, folder, port, processes, *options):
    """The report of one run of terminals, with the processor seconds and the memory of the others."""
    report = folder / "report.json"
    before = {process.name: process.seconds() for process in processes}
    usage = os.times()
    command = [binary, "iso8583", "terminal", "--target", f"127.0.0.1:{port}", "--spec", EXAMPLE / "spec.yaml",
               "--report", report, "--mix", "4:00,5:00", *options]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    for process in processes:
        process.check()
    found = json.loads(report.read_text())
    found["sound"] = done.returncode == 0
    found["cpu"] = {process.name: process.seconds() - before[process.name] for process in processes}
    after = os.times()
    found["cpu"]["terminals"] = after.children_user + after.children_system - usage.children_user - usage.children_system
    found["memory"], found["memory_most"] = processes[0].memory()
    return found


def row(name, found):
    elapsed = found["elapsed_sec"] or 1
    cpu = ", ".join(f"{name} {seconds / elapsed:.2f}" for name, seconds in found["cpu"].items())
    each = found["cpu"]["rack"] / max(found["total"], 1) * 1e6
    wrong = found["cross_wired"] + found["failed"] + found["dropped"] + found["late"]
    print(f"| {name} | {found['total']:,} | {found['achieved_tps']:,.0f}/s | {found['latency_p50_ms']:.2f} | "
          f"{found['latency_p99_ms']:.2f} | {found['latency_p999_ms']:.2f} | {found['latency_max_ms']:.1f} | "
          f"{found['cross_wired']} | {wrong} | {found['memory']:.0f} ({found['memory_most']:.0f}) | {each:.0f} µs | "
          f"{cpu} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", default=os.environ.get("CARGO_TARGET_DIR", str(ROOT / "target")) + "/load/fluxrig")
    parser.add_argument("--conns", type=int, default=60)
    parser.add_argument("--count", type=int, default=150)
    parser.add_argument("--seconds", type=int, default=60, help="how long the steady run takes (at most 600)")
    parser.add_argument("--limit", type=float, default=20, help="milliseconds the 99th percentile must keep below")
    parser.add_argument("--rate", type=int, help="the steady rate; none is looked for then")
    parser.add_argument("--step", type=int, default=1000, help="by how much rates rise")
    parser.add_argument("--first", type=int, default=2000, help="the first rate")
    parser.add_argument("--probe", type=int, default=8, help="seconds at each rate")
    parser.add_argument("--level", default="info", help="log level of the rack")
    parser.add_argument("--keep", action="store_true", help="keep the folder with the logs")
    args = parser.parse_args()
    binary = pathlib.Path(args.binary).resolve()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="rig-bench-"))
    hosts = [free_port(), free_port()]
    port, metrics = free_port(), free_port()
    spec = EXAMPLE / "spec.yaml"
    processes = []
    try:
        for index, host in enumerate(hosts):
            processes.append(Process(f"host-{index + 1}", folder, binary, "iso8583", "host", "--port", str(host),
                                     "--spec", str(spec)))
        rack = Process("rack", folder, binary, "run", str(EXAMPLE / "scenario.yaml"), "--level", args.level,
                       "--listen", f"127.0.0.1:{metrics}", SWITCH_TERMINALS=f"127.0.0.1:{port}",
                       SWITCH_HOST_A=f"127.0.0.1:{hosts[0]}", SWITCH_HOST_B=f"127.0.0.1:{hosts[1]}")
        processes.insert(0, rack)
        for one in (port, *hosts):
            listening(one, processes)
        deadline = time.monotonic() + 20
        probe = [binary, "iso8583", "terminal", "--target", f"127.0.0.1:{port}", "--spec", spec, "--expect-de39", "00"]
        for pan in ("4111111111111111", "5555555555554444"):
            while subprocess.run([*probe, "--pan", pan], capture_output=True).returncode != 0:
                if time.monotonic() > deadline:
                    sys.exit("the switch does not answer")
                time.sleep(0.2)
        idle, _ = rack.memory()
        print(f"{os.cpu_count()} processors, load average {os.getloadavg()[0]:.1f}, rack idle {idle:.0f} MiB, "
              f"binary {binary.stat().st_size / 2**20:.1f} MiB\n")
        print("| run | transactions | answered | p50 ms | p99 ms | p99.9 ms | max ms | cross-wired | wrong in any way | "
              "rack MiB (most) | rack's processor time each | processors taken |")
        print("|---|---|---|---|---|---|---|---|---|---|---|---|")
        conns = ["--conns", str(args.conns)]
        for number in range(3):
            # Numbers of their own: one that comes again within a second is a repetition, and is answered as one.
            first = 100_000 + number * args.conns * args.count
            found = run(binary, folder, port, processes, *conns, "--count", str(args.count), "--stan-base", str(first))
            row(f"{args.conns} × {args.count}", found)
        best = args.rate
        if best is None:
            rate, misses = args.first, 0
            while misses < 2 and rate <= 200_000:
                found = run(binary, folder, port, processes, *conns, "--duration", f"{args.probe}s", "--warmup", "2s",
                            "--rate", str(rate))
                row(f"{rate:,}/s for {args.probe} s", found)
                kept = found["sound"] and found["latency_p99_ms"] < args.limit and found["achieved_tps"] > 0.97 * rate
                best, misses = (rate, 0) if kept else (best, misses + 1)
                rate += args.step
        if best is not None:
            seconds = min(args.seconds, 600)
            found = run(binary, folder, port, processes, *conns, "--duration", f"{seconds}s", "--warmup", "5s",
                        "--rate", str(best))
            row(f"{best:,}/s for {seconds} s", found)
        if args.keep:
            text = urllib.request.urlopen(f"http://127.0.0.1:{metrics}/metrics").read()
            (folder / "metrics.txt").write_bytes(text)
    finally:
        for process in processes:
            process.stop()
        if args.keep:
            print(f"\nlogs are in {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)


main()
