#!/usr/bin/env python3
"""claimwatch feed and relay as processes, between a real daemon and real web servers.

  feed_relay_test.py CLAIMWATCH CLAIMWATCHD

Standard library only; loopback only.
"""
import base64
import contextlib
import hashlib
import hmac
import http.server
import json
import pathlib
import subprocess
import sys
import tempfile
import threading
import unittest

CLAIMWATCH, CLAIMWATCHD = sys.argv[1:3]
WAIT = 60


class Server(http.server.ThreadingHTTPServer):
    """Answers as it is told to: `answers` holds (code, headers, body), the last one stays."""

    def __init__(self, *answers):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers, self.asked = list(answers), []
        self.url = f"http://127.0.0.1:{self.server_port}/x"
        self.thread = threading.Thread(target=self.serve_forever)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.thread.join()
        self.server_close()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.asked.append((dict(self.headers), body))
        answers = self.server.answers
        code, headers, text = answers.pop(0) if len(answers) > 1 else answers[0]
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    do_POST = do_GET

    def log_message(self, *_):
        pass


def item(number, toll):
    return (f"<item><guid>urn:ferry:{number}</guid><title>Ferry</title><description>"
            f"&lt;p&gt;The ferry that sank off Port Aldine killed {toll} people.&lt;/p&gt;"
            f"</description><pubDate>Tue, 0{number} Jan 2024 10:00:00 GMT</pubDate></item>")


def rss(*items):
    return f"<rss><channel>{''.join(reversed(items))}</channel></rss>"


class FeedRelay(unittest.TestCase):
    def setUp(self):
        stack = contextlib.ExitStack()
        self.addCleanup(stack.close)
        self.folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory()))
        daemon = subprocess.Popen([CLAIMWATCHD, f"--data_dir={self.folder}/data",
                                   "--listen=127.0.0.1:0"], stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL, text=True)
        stack.callback(daemon.stdout.close)
        stack.callback(daemon.wait)
        stack.callback(daemon.terminate)
        self.server = daemon.stdout.readline().split()[-1]

    def run_cli(self, *arguments, stdin=""):
        return subprocess.run([CLAIMWATCH, *arguments, f"--server={self.server}"], text=True,
                              input=stdin, capture_output=True, timeout=WAIT)

    def feed(self, *arguments, **more):
        return self.run_cli("feed", "--once", f"--state={self.folder}/state", *arguments, **more)

    def due(self):
        """Lets the interval pass."""
        path = self.folder / "state"
        state = json.loads(path.read_text())
        for place in state.values():
            place.pop("next", None)
        path.write_text(json.dumps(state))

    def test_feed_asks_politely_and_sends_once(self):
        first, second = rss(item(1, 12)), rss(item(1, 12), item(2, 31))
        with Server((200, {"ETag": '"1"', "Last-Modified": "Tue, 02 Jan 2024 10:00:00 GMT"}, first),
                    (304, {}, ""), (200, {}, second)) as news:
            done = self.feed(news.url)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("1 article sent, 1 new", done.stderr)
            self.feed(news.url)  # Not due: not asked.
            self.assertEqual(len(news.asked), 1)
            self.due()
            self.feed(news.url)
            self.assertEqual(news.asked[1][0]["If-None-Match"], '"1"')
            self.assertIn("02 Jan 2024", news.asked[1][0]["If-Modified-Since"])
            self.due()
            done = self.feed(news.url)
            self.assertIn("1 article sent, 1 new, 0 refused; 1 alert", done.stderr)
        alerts = self.run_cli("alerts", "--output=json").stdout
        self.assertIn("KIND_RAISED", alerts)

    def test_feed_leaves_a_failing_server_alone(self):
        with Server((503, {"Retry-After": "7200"}, ""), (410, {}, ""), (200, {}, rss())) as news:
            done = self.feed(news.url)
            self.assertIn("503; asked again in 2h", done.stderr)
            self.feed(news.url)
            self.assertEqual(len(news.asked), 1)
            self.due()
            self.assertIn("gone for good", self.feed(news.url).stderr)
            self.due()
            self.feed(news.url)
            self.assertEqual(len(news.asked), 2)

    def test_feed_refuses_what_is_not_a_feed(self):
        with Server((200, {}, "<html></html>")) as news:
            self.assertIn("neither RSS nor Atom", self.feed(news.url).stderr)
        with Server((302, {"Location": "file:///etc/passwd"}, "")) as news:
            self.assertIn("asked again", self.feed(news.url).stderr)

    def test_feed_reads_files_on_from_where_it_was(self):
        path = self.folder / "news.jsonl"
        path.write_text('{"articleId": "a1", "body": "12 people died."}\nno JSON\n')
        done = self.feed(str(path))
        self.assertIn("1 article sent", done.stderr)
        self.assertIn("no JSON", done.stderr)
        with path.open("a") as file:
            file.write('{"uri": "urn:2", "headline": "13 people died"}\n{"articleId": "unfini')
        self.assertIn("1 article sent, 1 new", self.feed(str(path)).stderr)
        with path.open("a") as file:
            file.write('shed", "body": "14 people died."}\n')
        self.assertIn("1 article sent, 1 new", self.feed(str(path)).stderr)
        self.assertIn("0 articles sent", self.feed(str(path)).stderr)
        done = self.feed("-", stdin='{"articleId": "a5", "body": "15 people died."}\n')
        self.assertIn("1 article sent, 1 new", done.stderr)

    def make_alerts(self, *tolls, day=1):
        lines = [json.dumps({"articleId": f"t{toll}", "source": f"s{toll}.example", "storyHint": "f",
                             "body": f"The ferry that sank off Port Aldine killed {toll} people.",
                             "publishTime": f"2024-01-{day + i:02d}T10:00:00Z"})
                 for i, toll in enumerate(tolls)]
        done = self.run_cli("ingest", "-", stdin="\n".join(lines) + "\n")
        self.assertEqual(done.returncode, 0, done.stderr)

    def relay(self, *arguments):
        return self.run_cli("relay", "--from=beginning", f"--token_file={self.folder}/token",
                            *arguments)

    def test_relay_signs_retries_and_resumes(self):
        self.make_alerts(12, 31, 60)  # Opened; opened and superseded.
        secret = b"a secret of some length"
        (self.folder / "secret").write_bytes(secret + b"\n")
        with Server((503, {}, ""), (200, {}, "")) as hook:
            flags = [f"--webhook={hook.url}", f"--secret_file={self.folder}/secret", "--count=1"]
            done = self.relay(*flags)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("503; trying again", done.stderr)
            (_, first), (headers, again) = hook.asked[:2]
            self.assertEqual(json.loads(first)["data"], json.loads(again)["data"])
            signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + again
            mac = hmac.new(secret, signed, hashlib.sha256).digest()
            self.assertEqual(headers["webhook-signature"], "v1," + base64.b64encode(mac).decode())
            self.assertEqual(json.loads(again)["type"], "alert.opened")
            self.make_alerts(75, day=4)
            done = self.relay(*flags)
            self.assertEqual(done.returncode, 0, done.stderr)
            positions = [int(json.loads(body)["data"]["position"]) for _, body in hook.asked[1:]]
            self.assertEqual(positions, list(range(1, len(positions) + 1)))
            self.assertGreaterEqual(len(positions), 5)

    def test_relay_stops_at_what_is_refused_for_good(self):
        self.make_alerts(12, 31)
        with Server((401, {}, "")) as hook:
            done = self.relay(f"--webhook={hook.url}")
            self.assertEqual(done.returncode, 5, done.stderr)
            self.assertIn("the webhook says 401", done.stderr)
            done = self.relay(f"--webhook={hook.url}", "--skip_refused", "--count=1")
            self.assertEqual(done.returncode, 0, done.stderr)
            first, again = (json.loads(body)["data"]["position"] for _, body in hook.asked[:2])
            self.assertEqual(first, again)

    def test_relay_outlives_a_command_that_does_not_read(self):
        self.make_alerts(12, 31, 55, 80)
        told = self.folder / "told"
        for _ in range(5):  # Who is faster, is chance.
            done = self.run_cli("relay", "--from=beginning", "--count=3",
                                f"--command=exec <&-; echo x >> {told}")
            self.assertEqual(done.returncode, 0, done.stderr)
        self.assertGreaterEqual(told.read_text().count("x"), 15)

    def test_relay_writes_for_slack_and_mail_and_templates(self):
        self.make_alerts(12, 31)
        with Server((200, {}, "ok")) as hook:
            self.run_cli("relay", "--from=beginning", "--count=1", "--template=slack",
                         f"--webhook={hook.url}")
            text = json.loads(hook.asked[0][1])["text"]
            self.assertIn("*RAISED*", text)
            self.assertIn("killed 31 people", text)
        out = self.folder / "mail"
        self.run_cli("relay", "--from=beginning", "--count=1", "--template=mail",
                     "--mail_from=a@b.example", "--mail_to=c@d.example", f"--command=cat > {out}")
        self.assertIn("To: c@d.example", out.read_text())
        template = self.folder / "template"
        template.write_text("{{kind}}: {{current_source}}")
        self.run_cli("relay", "--from=beginning", "--count=1", f"--template_file={template}",
                     f"--command=cat > {out}")
        self.assertEqual(out.read_text().strip(), "raised: s31.example")
        template.write_text("{{colour}}")
        done = self.run_cli("relay", f"--template_file={template}", "--command=cat")
        self.assertEqual(done.returncode, 2)
        self.assertIn("none of", done.stderr)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
