#!/usr/bin/env python3
"""One client against a real daemon: what the contract promises a client, the client must keep.

    conformance.py BIN_DIR NAME PROBE...

PROBE is the command of a small program on top of the client (client/python/tests/probe.py says what
it takes and prints); NAME is for messages. The stories are the same for every language: 10,000 events
in order, resuming over a restart and over a kill, draining, tokens that lead nowhere, what errors
carry, and TLS with an API token. Needs only the standard library; loopback only.
"""
import contextlib
import hashlib
import json
import os
import pathlib
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import unittest

BIN, NAME, PROBE = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3:]
WAIT = 60  # Seconds until something that should come is taken for lost.
STORIES, ARTICLES = 20, 5200  # All but the first article of a story open an alert and end another.
EVENTS = 10_000


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def article(number):
    """The next toll of one of twenty earthquakes, each published an hour after the one before."""
    quake, told = number % STORIES, number // STORIES
    return {
        "articleId": f"a{number}", "source": f"wire{told % 7}.example", "language": "en",
        "storyHint": f"quake-{quake}",
        "body": f"The earthquake in Port Aldine killed {100 + 3 * told} people, officials said.",
        "publishTime": f"2024-{1 + told // 600:02d}-{1 + told % 600 // 24:02d}"
                       f"T{told % 24:02d}:00:00Z",
    }


def write_articles(path, numbers):
    path.write_text("".join(json.dumps(article(n)) + "\n" for n in numbers), encoding="utf-8")
    return path


def forget_all_but(path, kept):
    """Rewrites a store as retention would leave it; returns its last position. Row by row into a new
    file, since the pages of the daemon's own have checksums that only the daemon can write."""
    fresh = path.with_suffix(".fresh")
    with contextlib.closing(sqlite3.connect(fresh)) as store:
        store.execute("ATTACH ? AS old", (str(path),))
        for pragma in ("application_id", "user_version"):
            value, = store.execute(f"PRAGMA old.{pragma}").fetchone()
            store.execute(f"PRAGMA main.{pragma} = {value}")
        parts = store.execute("SELECT type, name, sql FROM old.sqlite_master WHERE sql NOT NULL")
        for kind, name, sql in sorted(parts, key=lambda part: part[0] == "index"):
            store.execute(sql)
            if kind == "table":
                store.execute(f"INSERT INTO main.{name} SELECT * FROM old.{name}")
        last, = store.execute("SELECT last_position FROM state").fetchone()
        store.execute("UPDATE state SET oldest_position = ?, pages_checked = 0", (last - kept + 1,))
        store.execute("DELETE FROM event WHERE position <= ?", (last - kept,))
        store.commit()
    fresh.replace(path)
    return last


class Daemon:
    """A real claimwatchd on one port, which can be stopped and started again."""

    def __init__(self, folder):
        self.folder, self.address = folder, f"127.0.0.1:{free_port()}"
        self.data, self.process = folder / "data", None

    def start(self, *flags):
        port_file = self.folder / "port"
        port_file.unlink(missing_ok=True)
        self.process = subprocess.Popen(
            [BIN / "claimwatchd", f"--data_dir={self.data}", f"--listen={self.address}",
             f"--port_file={port_file}", "--drain_grace=2s", *flags],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline()
        if not line.startswith("listening"):
            raise AssertionError(f"claimwatchd did not start: {line!r}")

    def stop(self, how=signal.SIGTERM):
        if self.process is None:
            return
        self.process.send_signal(how)
        self.process.wait(WAIT)
        self.process.stdout.close()
        self.process = None

    def cli(self, *arguments):
        done = subprocess.run([BIN / "claimwatch", *arguments, f"--server={self.address}",
                               "--output=json"], capture_output=True, text=True, timeout=WAIT)
        if done.returncode != 0:
            raise AssertionError(f"claimwatch {arguments}: {done.stderr}")
        return [json.loads(line) for line in done.stdout.splitlines()]

    def head(self):
        return int(self.cli("status")[0].get("headPosition", 0))


class Probe:
    """The client under test, as a process; what it printed so far is in `heard`."""

    def __init__(self, server, *arguments, environment=None):
        self.heard, self._more = [], threading.Condition()
        self._over = False
        self.process = subprocess.Popen([*PROBE, server, *map(str, arguments)],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                        env=environment)
        self._errors = ""
        self._threads = [threading.Thread(target=self._read),
                         threading.Thread(target=self._read_errors)]
        for thread in self._threads:
            thread.start()

    def _read(self):
        for line in self.process.stdout:
            with self._more:
                self.heard.append(json.loads(line))
                self._more.notify_all()
        with self._more:
            self._over = True
            self._more.notify_all()

    def _read_errors(self):
        self._errors = self.process.stderr.read()

    def wait_for(self, wanted):
        """The first line heard for which `wanted` is true."""
        def found():
            return next((line for line in self.heard if wanted(line)), None)
        with self._more:
            self._more.wait_for(lambda: found() is not None or self._over, WAIT)
            if found() is None:
                raise AssertionError(f"{NAME}: never came; the last it said: {self.heard[-3:]} "
                                     f"{self._errors[-2000:]}")
            return found()

    def end(self):
        """Waits for the end, and returns its last line."""
        for thread in self._threads:
            thread.join(WAIT)
        self.process.wait(WAIT)
        if not self.heard or self.heard[-1].get("what") != "end":
            raise AssertionError(f"{NAME}: died: {self.heard[-3:]} {self._errors[-2000:]}")
        return self.heard[-1]

    def close(self):
        self.process.kill()
        for thread in self._threads:
            thread.join(WAIT)
        self.process.wait()
        self.process.stdout.close()
        self.process.stderr.close()

    def all(self, what):
        return [line for line in self.heard if line["what"] == what]

    def positions(self):
        return [p for line in self.all("update") for p in line["positions"]]


class Conformance(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls._stack = contextlib.ExitStack()
        cls.folder = pathlib.Path(cls._stack.enter_context(
            tempfile.TemporaryDirectory(prefix="claimwatch-clients.")))
        cls.daemon = Daemon(cls.folder)
        cls._stack.callback(cls.daemon.stop)
        cls.daemon.start()

    @classmethod
    def tearDownClass(cls):
        cls._stack.close()

    def probe(self, *arguments):
        probe = Probe(self.daemon.address, *arguments)
        self.addCleanup(probe.close)
        return probe

    def assertUnbroken(self, probe, first, last):
        """Every event from first to last once, in order."""
        self.assertEqual(probe.positions(), list(range(first, last + 1)))

    # The stories build on one another, so they are one test in steps: a feed grows.
    def test_all(self):
        for step in (self.ten_thousand_over_a_restart, self.a_token_of_an_earlier_run,
                     self.snapshot_then_live, self.killed_while_following,
                     self.a_named_subscription, self.errors_carry_details, self.token_too_old, self.token_of_another_store,
                     self.gives_up_where_nobody_listens, self.over_tls_with_a_token):
            with self.subTest(step.__name__.replace("_", " ")):
                step()
                print(f"  {NAME}: {step.__name__.replace('_', ' ')}", flush=True)

    def ten_thousand_over_a_restart(self):
        """Ingest with the client, follow with the client; the daemon is restarted in between."""
        follower = self.probe("follow", "beginning", "stop", EVENTS)
        follower.wait_for(lambda line: line["what"] == "connected")
        sender = self.probe("ingest", write_articles(self.folder / "all.jsonl", range(ARTICLES)))
        sender.wait_for(lambda line: line["what"] == "receipt" and line["index"] >= 1000)
        self.daemon.stop()
        lost = follower.wait_for(lambda line: line["what"] == "lost")
        self.assertEqual((lost["code"], lost["reason"]), ("UNAVAILABLE", "DRAINING"))
        self.daemon.start()
        self.assertEqual(sender.end()["code"], "OK")
        receipts = sender.all("receipt")
        self.assertEqual([r["id"] for r in receipts], [f"a{n}" for n in range(ARTICLES)])
        self.assertEqual([r["index"] for r in receipts], list(range(ARTICLES)))
        self.assertEqual([r["sequence"] for r in receipts], list(range(1, ARTICLES + 1)))
        self.assertFalse([r for r in receipts if "error" in r])
        self.assertEqual(follower.end()["code"], "OK")
        positions = follower.positions()
        self.assertGreaterEqual(len(positions), EVENTS)
        self.assertEqual(positions, list(range(1, len(positions) + 1)))
        self.assertEqual(len(follower.all("connected")), 1)
        self.assertGreaterEqual(len(follower.all("resumed")), 1)
        type(self).token = next(u["token"] for u in follower.all("update") if u["token"])
        type(self).token_at = next(u["positions"][-1] if u["positions"] else 0
                                   for u in follower.all("update") if u["token"])

    def a_token_of_an_earlier_run(self):
        head = self.daemon.head()
        probe = self.probe("follow", f"token:{self.token}", "stop", head)
        self.assertEqual(probe.end()["code"], "OK")
        self.assertUnbroken(probe, self.token_at + 1, head)

    def snapshot_then_live(self):
        head = self.daemon.head()
        probe = self.probe("follow", "snapshot", "stop", head + 1)
        probe.wait_for(lambda line: line.get("caughtUp"))
        self.assertEqual(len(probe.positions()), STORIES)  # One open alert each.
        self.daemon.cli("ingest", str(write_articles(self.folder / "one.jsonl", [ARTICLES])))
        self.assertEqual(probe.end()["code"], "OK")
        self.assertEqual(probe.positions()[STORIES:], list(range(head + 1, self.daemon.head() + 1)))

    def killed_while_following(self):
        """No word of farewell: the connection just breaks."""
        head = self.daemon.head()
        probe = self.probe("follow", "now", "stop", head + 4)
        probe.wait_for(lambda line: line["what"] == "update")
        self.daemon.cli("ingest", str(write_articles(self.folder / "two.jsonl", [ARTICLES + 1])))
        probe.wait_for(lambda line: line.get("positions"))
        self.daemon.stop(signal.SIGKILL)
        lost = probe.wait_for(lambda line: line["what"] == "lost")
        self.assertEqual((lost["code"], lost["reason"]), ("UNAVAILABLE", ""))
        self.daemon.start()
        self.daemon.cli("ingest", str(write_articles(self.folder / "three.jsonl", [ARTICLES + 2])))
        self.assertEqual(probe.end()["code"], "OK")
        self.assertUnbroken(probe, head + 1, head + 4)

    def a_named_subscription(self):
        """Each event comes until it is settled, also over a restart in the midst of settling; what
        cannot be done is parked."""
        self.daemon.cli("subscriptions", "desk", "--create", "--from=now")
        head = self.daemon.head()
        consumer = self.probe("consume", "desk", 20)
        few = [ARTICLES + 3 + n for n in range(5)]
        self.daemon.cli("ingest", str(write_articles(self.folder / "desk1.jsonl", few)))
        consumer.wait_for(lambda line: line["what"] == "delivery")
        # At any moment: what is just being settled is settled afterwards, and a client that settles
        # where it reads does not see before that its stream is gone.
        self.daemon.stop()
        self.daemon.start()
        few = [ARTICLES + 8 + n for n in range(5)]
        self.daemon.cli("ingest", str(write_articles(self.folder / "desk2.jsonl", few)))
        self.assertEqual(self.daemon.head(), head + 20)
        self.assertEqual(consumer.end()["code"], "OK")
        self.assertTrue(consumer.all("lost"))
        told = consumer.all("delivery")
        for position in range(head + 1, head + 21):
            did = [line["did"] for line in told if line["position"] == position]
            self.assertEqual(did[-1], "park" if position % 7 == 0 else "ack", position)
        again = [line["position"] for line in told if line["did"] == "retry"]
        self.assertTrue(again)
        for position in again:
            self.assertIn(2, [line["count"] for line in told if line["position"] == position])
        parked = [int(p["event"]["position"]) for p in self.daemon.cli("subscriptions", "desk", "--parked")]
        self.assertEqual(parked, [p for p in range(head + 1, head + 21) if p % 7 == 0])
        desk, = self.daemon.cli("subscriptions", "desk")
        self.assertEqual(int(desk.get("lag", 0)), 0)
        self.daemon.cli("subscriptions", "desk", "--delete")
        end = self.probe("consume", "desk", 1).end()
        self.assertEqual((end["code"], end["reason"]), ("NOT_FOUND", "SUBSCRIPTION_NOT_FOUND"))

    def errors_carry_details(self):
        bad = {"articleId": "bad", "source": "herald.example"}
        path = self.folder / "bad.jsonl"
        path.write_text(json.dumps(bad) + "\n" + json.dumps(article(0)) + "\n")
        probe = self.probe("ingest", path)
        self.assertEqual(probe.end()["code"], "OK")
        refused, known = probe.all("receipt")
        self.assertEqual((refused["id"], refused["error"]["code"], refused["error"]["reason"]),
                         ("bad", "INVALID_ARGUMENT", "ARTICLE_INVALID"))
        self.assertIn(["body", "REQUIRED"], refused["error"]["violations"])
        self.assertTrue(known["duplicate"])
        missing = self.probe("get", "al999999").end()
        self.assertEqual((missing["code"], missing["reason"]), ("NOT_FOUND", "ALERT_NOT_FOUND"))
        self.assertIn("al999999", missing["resource"])
        no_token = self.probe("follow", "token:nonsense", "stop", 1)
        end = no_token.end()
        self.assertEqual((end["code"], end["reason"]), ("INVALID_ARGUMENT", "TOKEN_INVALID"))
        self.assertFalse(no_token.all("lost"))  # The same again would be as wrong.

    def token_too_old(self):
        """Retention has removed what came after the token: told, and gone on only if asked to."""
        self.daemon.stop()
        last = forget_all_but(self.daemon.data / "claimwatch.db", 100)
        self.daemon.start()
        end = self.probe("follow", f"token:{self.token}", "stop", last).end()
        self.assertEqual((end["code"], end["reason"]), ("OUT_OF_RANGE", "TOKEN_TOO_OLD"))
        self.assertEqual(end["metadata"]["oldestPosition"], str(last - 99))
        self.assertTrue(end["metadata"]["oldestToken"])
        oldest = self.probe("follow", f"token:{self.token}", "oldest", last)
        self.assertEqual(oldest.end()["code"], "OK")
        self.assertEqual([g["reason"] for g in oldest.all("gap")], ["TOKEN_TOO_OLD"])
        self.assertUnbroken(oldest, last - 99, last)
        snapshot = self.probe("follow", f"token:{self.token}", "snapshot", last + 1)
        snapshot.wait_for(lambda line: line.get("caughtUp"))
        self.assertEqual(len(snapshot.all("gap")), 1)
        self.assertEqual(len(snapshot.positions()), STORIES)

    def token_of_another_store(self):
        other = Daemon(self.folder / "other")
        other.folder.mkdir()
        self.addCleanup(other.stop)
        other.start()
        probe = Probe(other.address, "follow", f"token:{self.token}", "stop", 1)
        self.addCleanup(probe.close)
        end = probe.end()
        self.assertEqual((end["code"], end["reason"]), ("OUT_OF_RANGE", "TOKEN_OTHER_EPOCH"))

    def gives_up_where_nobody_listens(self):
        probe = Probe(f"127.0.0.1:{free_port()}", "get", "al1")
        self.addCleanup(probe.close)
        end = probe.end()
        self.assertEqual((end["code"], end["reason"]), ("UNAVAILABLE", ""))

    def over_tls_with_a_token(self):
        """A daemon that asks who one is: with the token all goes on, without it says what is missing."""
        flags = subprocess.run([BIN / "claimwatchd", "--help"], capture_output=True, text=True)
        if "--tls_cert" not in flags.stdout or shutil.which("openssl") is None:
            self.skipTest("***** SKIPPED: no TLS here")
        folder = self.folder / "safe"
        folder.mkdir()
        cert, key, token = folder / "cert.pem", folder / "key.pem", "cw_" + secrets.token_urlsafe(32)
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                        "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                        "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", cert],
                       check=True, capture_output=True)
        digest = hashlib.sha256(token.encode()).hexdigest()
        (folder / "credentials").write_text(
            f"probe token=sha256:{digest} roles=ingest,read,subscribe\n")
        (folder / "credentials").chmod(0o600)
        safe = Daemon(folder)
        self.addCleanup(safe.stop)
        safe.start(f"--tls_cert={cert}", f"--tls_key={key}",
                   f"--credentials={folder / 'credentials'}")

        def probe(*arguments, **environment):
            started = Probe(safe.address, *arguments,
                            environment={**os.environ, "PROBE_CA": str(cert), **environment})
            self.addCleanup(started.close)
            return started
        known = {"PROBE_TOKEN": token}
        sender = probe("ingest", write_articles(folder / "few.jsonl", [0, STORIES]), **known)
        self.assertEqual(sender.end()["code"], "OK")
        self.assertEqual(probe("follow", "beginning", "stop", 1, **known).end()["code"], "OK")
        for arguments in (("get", "al1"), ("follow", "beginning", "stop", 1)):
            end = probe(*arguments).end()
            self.assertEqual(end["code"], "UNAUTHENTICATED")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
