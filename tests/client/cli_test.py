#!/usr/bin/env python3
"""Runs the claimwatch command as a process, against a daemon by script.

  cli_test.py CLAIMWATCH FAKE_CLAIMWATCHD

Tests output, exit codes, and what happens when the daemon goes away. Standard library only.
"""
import contextlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

CLAIMWATCH, FAKE = sys.argv[1:3]


def article(number, body="Police counted 12 bodies."):
    return {"articleId": f"a{number}", "source": "herald.example", "body": body}


def lines(articles):
    return "".join(json.dumps(a) + "\n" for a in articles)


@contextlib.contextmanager
def daemon(port=0, receipts=None):
    """Yields the address of a fake daemon; its first stream ends after `receipts`."""
    command = [FAKE, str(port)] + ([str(receipts)] if receipts is not None else [])
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        yield process.stdout.readline().strip()
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def run(*arguments, stdin="", env=None, server=None):
    command = [CLAIMWATCH, *arguments] + ([f"--server={server}"] if server else [])
    environment = {**os.environ, **(env or {})}
    return subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=60,
                          env=environment)


class Ingest(unittest.TestCase):
    def test_prints_a_receipt_a_line_in_order(self):
        with daemon() as server:
            done = run("ingest", "--output=json", "-", server=server,
                       stdin=lines(article(i) for i in range(40)))
            self.assertEqual(done.returncode, 0, done.stderr)
            receipts = [json.loads(line) for line in done.stdout.splitlines()]
            self.assertEqual([r["articleId"] for r in receipts], [f"a{i}" for i in range(40)])
            first = receipts[0]
            self.assertIs(first["duplicate"], False)
            self.assertEqual(first["storyId"], "s1")
            self.assertEqual(first["alerts"], [])
            claim = first["claims"][0]
            self.assertEqual(claim["quantity"]["low"], 12)
            self.assertEqual(claim["scope"], "SCOPE_TOTAL")
            self.assertEqual(claim["quote"]["begin"], 117)
            again = run("ingest", "--output=json", "-", server=server, stdin=lines([article(3)]))
            self.assertIs(json.loads(again.stdout)["duplicate"], True)

    def test_bad_lines_are_named_and_the_others_go_on(self):
        text = lines([article(0)]) + "no JSON\n\n" + '{"articleId":"b","publishedAt":"x"}\n'
        text += lines([{"articleId": "empty"}, article(1)])
        with daemon() as server, tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "feed.jsonl"
            path.write_text(text)
            done = run("ingest", "--output=json", str(path), server=server)
            self.assertEqual(done.returncode, 1)
            ids = [json.loads(line)["articleId"] for line in done.stdout.splitlines()]
            self.assertEqual(ids, ["a0", "empty", "a1"])
            self.assertIn(f"{path}:2: not an article", done.stderr)
            self.assertIn("publishedAt", done.stderr)
            self.assertRegex(done.stderr, f"{path}:5: bad article; body: title and body are both")
            done = run("ingest", "--ignore_unknown", "-", server=server,
                       stdin='{"articleId":"b","body":"x","publishedAt":"x"}\n')
            self.assertEqual(done.returncode, 0, done.stderr)

    def test_a_stream_that_dies_is_taken_up_again_and_nothing_is_sent_twice(self):
        with daemon(receipts=20) as server:
            done = run("ingest", "--output=json", "-", server=server,
                       stdin=lines(article(i) for i in range(50)))
            self.assertEqual(done.returncode, 0, done.stderr)
            ids = [json.loads(line)["articleId"] for line in done.stdout.splitlines()]
            self.assertEqual(ids, [f"a{i}" for i in range(50)])
            self.assertIn("stopping; trying again", done.stderr)
            status = json.loads(run("status", "--output=json", server=server).stdout)
            self.assertEqual(status["articleCount"], "50")

    def test_a_table_sums_up_and_shows_new_alerts(self):
        with daemon() as server:
            done = run("ingest", "-", server=server, stdin=lines([article(0), article(1, "ALERT 12")]))
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertRegex(done.stdout, "^RAISED  critical  Death toll raised")
            done = run("ingest", "-", server=server,
                       stdin=lines(article(i, "ALERT 12") for i in range(100, 130)))
            self.assertEqual(done.stdout.count("RAISED"), 20)
            self.assertEqual(done.stdout.count("see claimwatch alerts"), 1)

    def test_the_last_line_sums_up(self):
        with daemon() as server:
            done = run("ingest", "-", server=server, stdin=lines([article(0), article(1, "ALERT 12")]))
            self.assertRegex(done.stdout, r"\n2 articles: 2 new claims, 1 new alert \(\d+ articles/s\)\n$")

    def test_plain_text(self):
        with daemon() as server, tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "story.txt"
            path.write_text("Police counted 12 bodies.")
            done = run("ingest", "--text", "--source=herald.example", "--output=json", str(path),
                       "--publish_time=2022-01-10", server=server)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(json.loads(done.stdout)["articleId"], str(path))
            self.assertEqual(run("ingest", "--text", "-", server=server).returncode, 2)
            self.assertEqual(run("ingest", "--source=x", "-", server=server).returncode, 2)

    def test_a_receipt_comes_before_the_input_ends(self):
        with daemon() as server:
            process = subprocess.Popen([CLAIMWATCH, "ingest", "--output=json", "-", f"--server={server}"],
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            process.stdin.write(lines([article(0)]))
            process.stdin.flush()
            self.assertEqual(json.loads(process.stdout.readline())["articleId"], "a0")
            process.send_signal(signal.SIGINT)
            self.assertEqual(process.wait(30), 4)
            process.stdin.close()
            process.stdout.close()


class Watch(unittest.TestCase):
    def feed(self, server, count):
        run("ingest", "-", server=server, stdin=lines(article(i, "ALERT 12") for i in range(count)))

    def test_prints_what_is_held_and_ends(self):
        with daemon() as server:
            self.feed(server, 3)
            done = run("watch", "--from=beginning", "--until_caught_up", server=server)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(done.stdout.count("\n  ids     alert al"), 3)
            self.assertIn("3 events to catch up with", done.stderr)
            self.assertNotIn("\x1b", done.stdout)
            done = run("watch", "--from=beginning", "--until_caught_up", "--color=always", server=server)
            self.assertIn("\x1b[1;31mRAISED", done.stdout)

    def test_json_has_a_token_that_resumes(self):
        with daemon() as server:
            self.feed(server, 3)
            done = run("watch", "--from=beginning", "--count=2", "--output=json", server=server)
            events = [json.loads(line) for line in done.stdout.splitlines()]
            self.assertEqual([e["position"] for e in events], ["1", "2"])
            self.assertEqual(events[0]["change"], "CHANGE_OPENED")
            self.assertEqual(events[0]["alert"]["current"]["claimId"], "c9")
            done = run("watch", f"--from={events[1]['resumeToken']}", "--until_caught_up",
                       "--output=json", server=server)
            self.assertEqual([json.loads(l)["position"] for l in done.stdout.splitlines()], ["3"])

    def test_the_token_file_keeps_the_place_over_runs(self):
        with daemon() as server, tempfile.TemporaryDirectory() as folder:
            self.feed(server, 2)
            flags = ["--from=beginning", f"--token-file={folder}/token", "--output=json"]
            run("watch", *flags, "--count=1", server=server)
            done = run("watch", *flags[1:], "--until_caught_up", server=server)
            self.assertEqual([json.loads(l)["position"] for l in done.stdout.splitlines()], ["2"])

    def test_resumes_when_the_daemon_comes_back(self):
        with contextlib.ExitStack() as stack:
            first = daemon()
            server = first.__enter__()
            self.feed(server, 1)
            process = subprocess.Popen(
                [CLAIMWATCH, "watch", "--from=beginning", "--output=json", f"--server={server}"],
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            stack.callback(process.kill)
            self.assertEqual(json.loads(process.stdout.readline())["position"], "1")
            first.__exit__(None, None, None)
            for line in process.stderr:  # Until it has noticed.
                if "connection lost" in line:
                    break
            server = stack.enter_context(daemon(port=server.split(":")[1]))
            for line in process.stderr:
                if "resumed after position 1, nothing is missing" in line:
                    break
            else:
                self.fail("did not resume")
            process.send_signal(signal.SIGTERM)
            self.assertEqual(process.wait(30), 4)
            process.stdout.close()
            process.stderr.close()

    def test_wrong_flags_are_named(self):
        done = run("watch", "--kind=raised,risen")
        self.assertEqual(done.returncode, 2)
        self.assertIn("--kind=risen: want one of conflict, raised", done.stderr)
        with daemon() as server:
            done = run("watch", "--from=nonsense", server=server)
            self.assertEqual(done.returncode, 5)


class Extract(unittest.TestCase):
    def test_json(self):
        with daemon() as server:
            done = run("extract", "--output=json", "-", server=server,
                       stdin=lines([article(0), article(1, "No numbers.")]) + "no JSON\n")
            self.assertEqual(done.returncode, 1)
            first, second = [json.loads(line) for line in done.stdout.splitlines()]
            self.assertEqual(first["articleId"], "a0")
            self.assertEqual(first["claims"][0]["claimId"], "x1")
            phrase = first["quantities"][0]
            self.assertEqual((phrase["kind"], phrase["claimId"]), ("KIND_COUNT", "x1"))
            self.assertEqual(second["quantities"], [])

    def test_text(self):
        with daemon() as server:
            done = run("extract", "--text", "-", server=server, stdin="Police counted 12 bodies.")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("Police counted [12] bodies.\n    read    count: 12 people\n", done.stdout)


class Others(unittest.TestCase):
    def test_alerts(self):
        with daemon() as server:
            run("ingest", "-", server=server, stdin=lines([article(0, "ALERT 12")]))
            done = run("alerts", server=server)
            self.assertRegex(done.stdout, "^ALERT  STATE  SEVERITY  KIND .*\nal1    open   critical  RAISED ")
            done = run("alerts", "--output=json", server=server)
            self.assertEqual(json.loads(done.stdout)["alertId"], "al1")
            self.assertIn("ids     alert al1", run("alerts", "al1", server=server).stdout)

    def test_the_daemon_s_errors_are_told(self):
        with daemon() as server:
            done = run("alerts", "al9", server=server)
            self.assertEqual((done.returncode, done.stderr), (5, "claimwatch: no alert al9\n"))

    def test_nobody_there(self):
        for command in (["status"], ["alerts"], ["watch", "--give_up_after=300ms"],
                        ["ingest", "-", "--give-up-after=300ms"]):
            done = run(*command, server="127.0.0.1:1", stdin=lines([article(0)]))
            self.assertEqual(done.returncode, 3, command)
            self.assertIn("cannot reach the daemon at 127.0.0.1:1", done.stderr)

    def test_the_server_comes_from_the_environment(self):
        with daemon() as server:
            done = run("status", env={"CLAIMWATCH_SERVER": server})
            self.assertEqual(done.returncode, 0)
            self.assertIn(server, done.stdout)

    def test_usage(self):
        for command in ([], ["nonsense"], ["watch", "--nonsense"], ["alerts", "--output=xml"], ["why", "c1"],
                        ["ingest", "/nowhere/x.jsonl"], ["figure", "f1", "--as_known_at=soon"],
                        ["status", "--give_up_after=soon"], ["status", "--tls_ca=/nowhere/ca.pem"]):
            done = run(*command)
            self.assertEqual(done.returncode, 2, (command, done.stdout, done.stderr))
            self.assertNotEqual(done.stderr, "", command)

    def test_help_teaches(self):
        help_text = run("--help").stdout
        self.assertIn("Exit codes:", help_text)
        for command in ("ingest", "watch", "extract", "alerts", "stories", "figure", "claims", "why",
                        "article", "ack", "retract", "merge", "split", "status", "backup", "token", "completion"):
            self.assertIn(f"  {command} ", help_text)
            done = run(command, "--help")
            self.assertEqual(done.returncode, 0)
            self.assertIn("Examples:\n", done.stdout)
        self.assertRegex(run("--version").stdout, r"^claimwatch \d+\.\d+\.\d+\n$")


class Completion(unittest.TestCase):
    def test_scripts_parse(self):
        for shell in ("bash", "zsh", "fish"):
            done = run("completion", shell)
            self.assertEqual(done.returncode, 0)
            if shutil.which(shell):
                parsed = subprocess.run([shell, "-n"], input=done.stdout, text=True, capture_output=True)
                self.assertEqual((parsed.returncode, parsed.stderr), (0, ""), shell)
        self.assertEqual(run("completion", "csh").returncode, 2)

    def complete(self, *words):
        script = run("completion", "bash").stdout + """
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); compopt() { :; }
_claimwatch; printf '%s\\n' "${COMPREPLY[@]}"
"""
        done = subprocess.run(["bash", "-c", script, "bash", *words], capture_output=True, text=True)
        return done.stdout.split()

    def test_bash_completes(self):
        self.assertEqual(self.complete("claimwatch", "in"), ["ingest"])
        self.assertEqual(self.complete("claimwatch", "--server", "=", "h:1", "sto"), ["stories"])
        self.assertEqual(self.complete("claimwatch", "watch", "--tok"), ["--token_file="])
        self.assertEqual(self.complete("claimwatch", "watch", "--unt"), ["--until_caught_up"])
        self.assertEqual(self.complete("claimwatch", "watch", "--output", "=", "j"), ["json"])
        self.assertEqual(self.complete("claimwatch", "watch", "--output", "="), ["table", "json"])
        self.assertEqual(self.complete("claimwatch", "alerts", "--min_severity", "h"), ["high"])
        self.assertEqual(self.complete("claimwatch", "completion", "z"), ["zsh"])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
