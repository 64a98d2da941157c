#!/usr/bin/env python3
"""`claimwatch consume` against the real daemon: done, again, laid aside, more time.

  consume_test.py BIN_DIR
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

BIN = pathlib.Path(sys.argv[1])
WAIT = 60


class Consume(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        daemon = subprocess.Popen(
            [BIN / "claimwatchd", f"--data_dir={self.folder}/data", "--listen=127.0.0.1:0", "--http_listen="],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.addCleanup(daemon.stdout.close)
        self.addCleanup(daemon.wait)
        self.addCleanup(daemon.kill)
        self.server = daemon.stdout.readline().split()[-1]
        self.run_cli("subscriptions", "desk", "--create", "--from=beginning")
        self.ingested = 0

    def run_cli(self, *arguments, code=0, stdin=""):
        done = subprocess.run([BIN / "claimwatch", *arguments, f"--server={self.server}", "--output=json"],
                              input=stdin, capture_output=True, text=True, timeout=WAIT)
        self.assertEqual(done.returncode, code, done.stderr)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def ingest(self, count):
        """Tolls of one earthquake; each but the first brings two events about."""
        articles = []
        for _ in range(count):
            articles.append({
                "articleId": f"a{self.ingested}", "source": f"wire{self.ingested}.example", "language": "en",
                "storyHint": "port", "publishTime": f"2024-01-{1 + self.ingested:02d}T00:00:00Z",
                "body": f"The earthquake in Port Aldine killed {12 + 9 * self.ingested} people, officials said."})
            self.ingested += 1
        self.run_cli("ingest", "-", stdin="".join(json.dumps(a) + "\n" for a in articles))

    def desk(self):
        return self.run_cli("subscriptions", "desk")[0]

    def positions(self, deliveries):
        return [int(d["event"]["position"]) for d in deliveries]

    def test_prints_and_acknowledges(self):
        self.ingest(4)
        head = int(self.desk()["headPosition"])
        self.assertGreaterEqual(head, 4)
        self.assertEqual(self.positions(self.run_cli("consume", "desk", f"--count={head}")),
                         list(range(1, head + 1)))
        self.assertNotIn("lag", {k: v for k, v in self.desk().items() if v != "0"})

    def test_a_command_decides(self):
        self.ingest(4)
        head = int(self.desk()["headPosition"])
        seen = self.folder / "seen"
        # The first time 2 comes it fails; 3 is never doable.
        script = self.folder / "work"
        script.write_text(f"""#!/bin/sh
position=$(sed -E 's/.*"position":"?([0-9]+)"?.*/\\1/')
echo "$position" >> {seen}
[ "$position" = 3 ] && exit 65
[ "$position" = 2 ] && [ "$(grep -cx 2 {seen})" = 1 ] && exit 1
exit 0
""")
        script.chmod(0o755)
        self.run_cli("consume", "desk", f"--command={script}", f"--count={head + 1}")
        self.assertEqual(sorted(map(int, seen.read_text().split())), sorted([*range(1, head + 1), 2]))
        parked, = self.run_cli("subscriptions", "desk", "--parked")
        self.assertEqual(int(parked["event"]["position"]), 3)
        self.assertEqual(parked["note"], "the command ended with 65")
        self.assertEqual(int(self.desk().get("outstandingCount", 0)), 0)

    def test_settled_by_hand(self):
        self.ingest(4)
        taken = self.run_cli("consume", "desk", "--manual", "--count=4")
        self.assertEqual(self.positions(taken), [1, 2, 3, 4])
        self.assertEqual(int(self.desk()["outstandingCount"]), int(self.desk()["headPosition"]))
        done, = self.run_cli("consume", "desk", "--ack=1,2", "--park=3", "--extend=4", "--note=no such place")
        self.assertEqual(done.get("settledCount"), 4)
        again, = self.run_cli("consume", "desk", "--ack=1")
        self.assertEqual(again.get("passedOverCount"), 1)
        parked, = self.run_cli("subscriptions", "desk", "--parked")
        self.assertEqual(parked["note"], "no such place")
        self.run_cli("consume", "desk", "--retry=4")
        back = next(d for d in self.run_cli("consume", "desk", "--manual", "--count=1"))
        self.assertEqual((self.positions([back]), back["deliveryCount"]), ([4], 2))

    def test_what_is_wrong_is_told(self):
        self.run_cli("consume", "nobody", code=5)
        self.run_cli("consume", code=2)
        self.run_cli("consume", "desk", "--manual", "--command=true", code=2)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
