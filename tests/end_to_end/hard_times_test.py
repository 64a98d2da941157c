#!/usr/bin/env python3
"""Hard times for the real daemon and the command line: a bad network, no memory, next to no processor.

    hard_times_test.py BIN_DIR

Between client and daemon stands a proxy on the loopback that delays, cuts what is sent into bytes, goes
silent and breaks connections off; it stands for what netem does to a real network (faults F08 to F10 and
F14 for one client and one daemon). Memory is taken away with a limit on the running process (F20), the
processor by stopping it nine tenths of the time (F21). Every story ends with the same question: are
articles, alerts and their order those of a daemon that nobody disturbed? The seed is printed. Needs only
the standard library.
"""
import contextlib
import json
import os
import pathlib
import random
import resource
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import unittest

BIN = pathlib.Path(sys.argv[1])
SEED = int(os.environ.get("CLAIMWATCH_TEST_SEED", random.randrange(1 << 30)))
WAIT = 120  # Seconds until something that should come is taken for lost.
ARTICLES, STORIES = 300, 10


def article(number):
    quake, told = number % STORIES, number // STORIES
    return {"articleId": f"a{number}", "source": f"wire{told % 7}.example", "language": "en",
            "storyHint": f"quake-{quake}", "publishTime": f"2024-01-{1 + told // 24:02d}T{told % 24:02d}:00:00Z",
            "body": f"The earthquake in Port Aldine killed {100 + 3 * told} people, officials said. " * 3}


class Daemon:
    def __init__(self, folder, *flags, before=()):
        """`before`: a command that runs it."""
        self.process = subprocess.Popen(
            [*before, BIN / "claimwatchd", f"--data_dir={folder}", "--http_listen=", "--heartbeat_interval=1s",
             *(flags or ["--listen=127.0.0.1:0"])], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline()
        if not line.startswith("listening"):
            raise AssertionError(f"claimwatchd did not start: {line!r}")
        self.address = line.split()[-1]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGCONT)
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(WAIT)
        self.process.stdout.close()


def command(server, *arguments, before=()):
    return subprocess.Popen([*before, BIN / "claimwatch", *arguments, f"--server={server}", "--output=json"],
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def lines_of(process, code=0):
    out, errors = process.communicate(timeout=WAIT)
    if process.returncode != code:
        raise AssertionError(f"exit code {process.returncode}: {errors[-2000:]}")
    return [json.loads(line) for line in out.splitlines()]


def told(event):
    """What of an event does not depend on when it was committed."""
    alert = event["alert"]
    return (int(event["position"]), event["change"], alert["alertId"], alert["kind"], alert["summary"])


class Proxy:
    """Hands bytes on between a client and the daemon, the way a `weather` says."""

    def __init__(self, target, weather):
        self.target, self.weather, self.cuts, self.over = target.rsplit(":", 1), weather, 0, False
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.over = True
        self.listener.close()

    def accept(self):
        number = 0
        while not self.over:
            try:
                client, _ = self.listener.accept()
                server = socket.create_connection((self.target[0], int(self.target[1])))
            except OSError:
                return
            for end in (client, server):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            number += 1
            for name, source, sink in (("up", client, server), ("down", server, client)):
                chance = random.Random(f"{SEED} {number} {name}")
                threading.Thread(target=self.pump, args=(source, sink, self.weather(chance, number)), daemon=True).start()

    def pump(self, source, sink, weather):
        """`weather` is a generator: how many bytes next, after how many seconds; its end is a cut."""
        with contextlib.suppress(OSError):
            for count, delay in weather:
                piece = source.recv(count)
                if not piece:
                    break
                if delay:
                    time.sleep(delay)
                sink.sendall(piece)
            else:
                self.cuts += 1
                for end in (source, sink):  # Not closed in order: reset.
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


BREAKS = 6  # Connections that break; those after them live, or waiting between tries would take all the time.


def delayed(chance, _):
    """75 +- 50 ms each way."""
    while True:
        yield 16384, chance.uniform(0.025, 0.125)


def in_bytes(chance, _):
    for _ in range(3000):
        yield 1, 0
    while True:
        yield chance.randrange(1, 600), 0


def breaking(chance, number):
    for _ in range(chance.randrange(5, 60)):
        yield chance.randrange(1, 6000), 0
    while number > BREAKS:
        yield 16384, 0


def going_silent(chance, number):
    """What was sent before the silence may have arrived or not: nobody can know."""
    for _ in range(chance.randrange(5, 60)):
        yield chance.randrange(1, 6000), 0
    yield 1500, 1.0
    while number > BREAKS:
        yield 16384, 0


class HardTimes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stack = contextlib.ExitStack()
        cls.folder = pathlib.Path(cls.stack.enter_context(tempfile.TemporaryDirectory(prefix="claimwatch-hard.")))
        cls.file = cls.folder / "articles.jsonl"
        cls.file.write_text("".join(json.dumps(article(n)) + "\n" for n in range(ARTICLES)))
        with Daemon(cls.folder / "undisturbed") as daemon:
            cls.send(daemon.address)
            cls.events = cls.heard(daemon.address)
        assert len(cls.events) > ARTICLES

    @classmethod
    def tearDownClass(cls):
        cls.stack.close()

    @classmethod
    def send(cls, address):
        return lines_of(command(address, "ingest", "--give_up_after=never", str(cls.file)))

    @staticmethod
    def heard(address):
        return [told(e) for e in lines_of(command(address, "watch", "--from=beginning", "--until_caught_up"))]

    def check_receipts(self, receipts):
        self.assertEqual([r["articleId"] for r in receipts], [f"a{n}" for n in range(ARTICLES)])
        self.assertEqual([int(r["sequence"]) for r in receipts], list(range(1, ARTICLES + 1)))

    def through(self, weather):
        """Sends and follows through the weather at once; returns how often a connection broke."""
        with Daemon(self.folder / weather.__name__) as daemon, Proxy(daemon.address, weather) as proxy:
            watcher = command(proxy.address, "watch", "--from=beginning", f"--count={len(self.events)}",
                              "--give_up_after=never")
            followed = []
            reader = threading.Thread(target=lambda: followed.extend(lines_of(watcher)))
            reader.start()
            receipts = self.send(proxy.address)
            reader.join(WAIT)
            self.check_receipts(receipts)
            self.assertEqual([told(e) for e in followed], self.events)
            self.assertEqual(self.heard(daemon.address), self.events)
            return proxy.cuts

    def test_a_network_of_long_delays(self):
        self.through(delayed)

    def test_a_network_that_hands_on_single_bytes(self):
        self.through(in_bytes)

    def test_a_network_that_breaks_off(self):
        self.assertGreater(self.through(breaking), 1)

    def test_a_network_that_goes_silent_and_breaks_off(self):
        self.assertGreater(self.through(going_silent), 0)

    def test_memory_runs_out(self):
        """A little more room each time above what the daemon has at its start, so that it dies of it
        sooner or later: what was acknowledged is there afterwards, and nothing twice."""
        deaths, data = 0, self.folder / "memory"
        known = []  # Acknowledged so far.
        for room in (0, 2, 8, 12, 16, 24, 32, 64):
            daemon = Daemon(data)
            status = pathlib.Path(f"/proc/{daemon.process.pid}/status").read_text().split()
            size = int(status[status.index("VmSize:") + 1]) * 1024
            limit = size + (room << 20)
            resource.prlimit(daemon.process.pid, resource.RLIMIT_AS, (limit, limit))
            sender = command(daemon.address, "ingest", "--give_up_after=1s", str(self.file))
            out, _ = sender.communicate(timeout=WAIT)
            known.extend(r["articleId"] for r in map(json.loads, out.splitlines()) if "sequence" in r)
            if daemon.process.poll() is None:
                daemon.process.send_signal(signal.SIGKILL)
            else:
                deaths += 1
            daemon.process.wait(WAIT)
            daemon.process.stdout.close()
        self.assertGreater(deaths, 0)
        print(f"  memory: {deaths} deaths, {len(set(known))} articles acknowledged in hard times", flush=True)
        with Daemon(data) as daemon:
            receipts = self.send(daemon.address)
            self.check_receipts(receipts)
            duplicates = {r["articleId"] for r in receipts if r.get("duplicate")}
            self.assertLessEqual(set(known), duplicates)
            self.assertEqual(self.heard(daemon.address), self.events)

    def test_a_tenth_of_a_processor(self):
        with Daemon(self.folder / "processor") as daemon:
            over = threading.Event()

            def starve():
                while not over.wait(0.01):
                    daemon.process.send_signal(signal.SIGSTOP)
                    over.wait(0.09)
                    daemon.process.send_signal(signal.SIGCONT)

            starver = threading.Thread(target=starve)
            starver.start()
            try:
                watcher = command(daemon.address, "watch", "--from=beginning", f"--count={len(self.events)}")
                receipts = self.send(daemon.address)
                self.assertEqual([told(e) for e in lines_of(watcher)], self.events)
            finally:
                over.set()
                starver.join()
            self.check_receipts(receipts)


if __name__ == "__main__":
    print(f"seed {SEED}", flush=True)
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]], verbosity=2)
