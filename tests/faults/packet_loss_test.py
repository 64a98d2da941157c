#!/usr/bin/env python3
"""A network that loses, doubles, delays and reorders packets, below TCP (fault F09).

    packet_loss_test.py BIN_DIR

The daemon is in one network namespace and the command line in another; between them are two TUN devices
and, here, what carries packets from one to the other: 75 +- 50 ms each way, drawn for each packet, so that
they overtake each other; 5 % lost, 2 % doubled; and for some seconds nothing at all. This is what
`tc netem` does, without the kernel's module for it. Are articles, alerts and their order those of a daemon
that nobody disturbed? Traffic stays between the two namespaces. Needs the right to make them (and
/dev/net/tun); exit code 77 and the reason where it is missing. The seed is printed.
"""
import contextlib
import fcntl
import heapq
import os
import pathlib
import random
import select
import struct
import subprocess
import sys
import tempfile
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "end_to_end"))
import hard_times_test as hard  # noqa: E402

DAEMON, CLIENT = "10.213.7.1", "10.213.7.2"
LOST, DOUBLED = 0.05, 0.02
DELAY_MIN, DELAY_MAX = 0.025, 0.125  # Seconds.
DARK_AFTER, DARK = 4, 3  # Seconds: when nothing gets through, and how long.
TUN_SET = 0x400454CA  # TUNSETIFF.
TUN_ONLY_PACKETS = 0x1001  # IFF_TUN | IFF_NO_PI.


def ip(*arguments):
    subprocess.run(["ip", *arguments], check=True, capture_output=True, text=True)


class Network:
    """Two namespaces and the packets between them."""

    def __init__(self):
        self.names = [f"cw-{os.getpid()}-{end}" for end in ("daemon", "client")]
        self.counts = {"carried": 0, "lost": 0, "doubled": 0, "overtaken": 0, "in the dark": 0}
        self.chance = random.Random(hard.SEED)
        self.stack = contextlib.ExitStack()
        self.over = False

    def __enter__(self):
        try:
            self.ends = [self.make(*end) for end in zip(self.names, (DAEMON, CLIENT))]
        except BaseException:
            self.stack.close()
            raise
        self.carrier = threading.Thread(target=self.carry)
        self.carrier.start()
        return self

    def __exit__(self, *_):
        self.over = True
        self.carrier.join()
        self.stack.close()

    def make(self, name, address):
        ip("netns", "add", name)
        self.stack.callback(ip, "netns", "delete", name)
        end = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        self.stack.callback(os.close, end)
        device = f"cwt{end}"
        fcntl.ioctl(end, TUN_SET, struct.pack("16sH22x", device.encode(), TUN_ONLY_PACKETS))
        ip("link", "set", device, "netns", name)
        ip("-n", name, "address", "add", f"{address}/30", "dev", device)
        ip("-n", name, "link", "set", device, "up")
        ip("-n", name, "link", "set", "lo", "up")
        return end

    def carry(self):
        """Each packet gets its own moment to arrive at; None: never."""
        waiting, number, latest, start = [], 0, [0.0, 0.0], time.monotonic()
        while not self.over:
            pause = max(0, waiting[0][0] - time.monotonic()) if waiting else 0.1
            readable, _, _ = select.select(self.ends, [], [], min(pause, 0.1))
            now = time.monotonic()
            for end in readable:
                packet = os.read(end, 65536)
                other = 1 - self.ends.index(end)
                for moment in self.moments(now, now - start):
                    self.counts["overtaken"] += moment < latest[other]
                    latest[other] = max(latest[other], moment)
                    number += 1
                    heapq.heappush(waiting, (moment, number, other, packet))
            while waiting and waiting[0][0] <= now:
                _, _, other, packet = heapq.heappop(waiting)
                with contextlib.suppress(OSError):
                    os.write(self.ends[other], packet)
                    self.counts["carried"] += 1

    def moments(self, now, age):
        if DARK_AFTER <= age < DARK_AFTER + DARK:
            self.counts["in the dark"] += 1
            return []
        if self.chance.random() < LOST:
            self.counts["lost"] += 1
            return []
        times = 2 if self.chance.random() < DOUBLED else 1
        self.counts["doubled"] += times - 1
        return [now + self.chance.uniform(DELAY_MIN, DELAY_MAX) for _ in range(times)]

    def inside(self, end):
        return ["ip", "netns", "exec", self.names[end]]


class PacketLoss(unittest.TestCase):
    def setUp(self):
        self.stack = contextlib.ExitStack()
        self.addCleanup(self.stack.close)
        self.folder = pathlib.Path(self.stack.enter_context(tempfile.TemporaryDirectory(prefix="claimwatch-loss.")))
        self.file = self.folder / "articles.jsonl"
        self.file.write_text("".join(hard.json.dumps(hard.article(n)) + "\n" for n in range(hard.ARTICLES)))

    def send(self, address, before=()):
        return hard.lines_of(hard.command(address, "ingest", "--give_up_after=never", str(self.file), before=before))

    def heard(self, address):
        return [hard.told(e) for e in hard.lines_of(
            hard.command(address, "watch", "--from=beginning", "--until_caught_up"))]

    def test_nothing_is_lost_or_doubled(self):
        with hard.Daemon(self.folder / "undisturbed") as daemon:
            self.send(daemon.address)
            events = self.heard(daemon.address)
        self.assertGreater(len(events), hard.ARTICLES)
        with Network() as network, hard.Daemon(
                self.folder / "lossy", f"--listen={DAEMON}:0", "--insecure", before=network.inside(0)) as daemon:
            client = network.inside(1)
            watcher = hard.command(daemon.address, "watch", "--from=beginning", f"--count={len(events)}",
                                   "--give_up_after=never", before=client)
            followed = []
            reader = threading.Thread(target=lambda: followed.extend(hard.lines_of(watcher)))
            reader.start()
            receipts = self.send(daemon.address, client)
            reader.join(hard.WAIT)
            print("  packets:", ", ".join(f"{n} {what}" for what, n in network.counts.items()), flush=True)
            for what in ("lost", "doubled", "overtaken", "in the dark"):
                self.assertGreater(network.counts[what], 0, what)
        self.assertEqual([r["articleId"] for r in receipts], [f"a{n}" for n in range(hard.ARTICLES)])
        self.assertEqual([int(r["sequence"]) for r in receipts], list(range(1, hard.ARTICLES + 1)))
        self.assertEqual([hard.told(e) for e in followed], events)
        with hard.Daemon(self.folder / "lossy") as daemon:
            self.assertEqual(self.heard(daemon.address), events)


def why_not():
    try:
        with Network():
            return ""
    except (OSError, subprocess.CalledProcessError) as error:
        return f"{error} {getattr(error, 'stderr', '') or ''}".strip()


if __name__ == "__main__":
    print(f"seed {hard.SEED}", flush=True)
    if reason := why_not():
        print(f"packet loss: NOT TESTED, no namespace or TUN device: {reason}", flush=True)
        sys.exit(77)
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]], verbosity=2)
