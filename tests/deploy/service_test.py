#!/usr/bin/env python3
"""What systemd hears of the daemon, with a socket of ours in its place: READY, WATCHDOG, STOPPING.

  service_test.py BIN_DIR
"""
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import unittest

DAEMON = pathlib.Path(sys.argv[1]) / "claimwatchd"


class Service(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.addCleanup(self.manager.close)
        self.manager.settimeout(60)

    def start(self, name, **environment):
        self.manager.bind(name)
        shown = "@" + name[1:] if name.startswith("\0") else name
        daemon = subprocess.Popen(
            [DAEMON, f"--data_dir={self.folder}/data", "--listen=127.0.0.1:0"],
            env={**os.environ, "NOTIFY_SOCKET": shown, **environment},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(daemon.wait)
        self.addCleanup(daemon.kill)
        return daemon

    def hear(self):
        return self.manager.recv(4096).decode().split("\n")

    def test_tells_when_it_serves_lives_and_stops(self):
        daemon = self.start(str(self.folder / "notify"), WATCHDOG_USEC="400000")
        first = self.hear()
        self.assertEqual(first[0], "READY=1")
        address = first[1].split()[-1].rsplit(":", 1)
        socket.create_connection((address[0], int(address[1])), 10).close()
        self.assertEqual([self.hear() for _ in range(3)], [["WATCHDOG=1"]] * 3)
        daemon.send_signal(signal.SIGTERM)
        heard = self.hear()
        while heard == ["WATCHDOG=1"]:
            heard = self.hear()
        self.assertEqual(heard[0], "STOPPING=1")
        self.assertEqual(daemon.wait(60), 0)

    def test_says_nothing_of_life_where_nobody_asks(self):
        daemon = self.start(f"\0claimwatch-test-{os.getpid()}", WATCHDOG_USEC="400000",
                            WATCHDOG_PID="1")
        self.assertEqual(self.hear()[0], "READY=1")
        daemon.send_signal(signal.SIGTERM)
        self.assertEqual(self.hear()[0], "STOPPING=1")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
