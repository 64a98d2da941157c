#!/usr/bin/env python3
"""Browsers' way in, over TLS and with credentials: the real daemon, Python's and curl's own clients.

    https_test.py BIN_DIR

Who gets in by token or certificate, what each is told, what is open to everybody, what happens to
streams when a credential is taken away, and how certificates are renewed.
"""
import base64
import contextlib
import hashlib
import http.client
import json
import os
import pathlib
import secrets
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import unittest

BIN = pathlib.Path(sys.argv[1])
WAIT = 60  # Seconds until something that should come is taken for lost.
TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
STATUS = "/claimwatch.v1.AdminService/GetStatus"
STORIES = "/claimwatch.v1.StoryService/ListStories"
INGEST = "/claimwatch.v1.ArticleService/IngestArticle"
SUBSCRIBE = "/claimwatch.v1.AlertService/SubscribeAlerts"


def article(number, dead):
    return {"articleId": f"a{number}", "source": f"wire{number}.example", "language": "en",
            "storyHint": "port", "publishTime": f"2024-01-01T{number:02d}:00:00Z",
            "body": f"The earthquake in Port Aldine killed {dead} people, officials said."}


class Https(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.tokens = {name: "cw_" + secrets.token_urlsafe(32) for name in ("desk", "ops", "wire")}
        self.make_authority("first")
        self.make_certificate("first", "server", "daemon.example", "DNS:localhost,IP:127.0.0.1")
        self.make_certificate("first", "agency", "agency", "URI:spiffe://news/agency,DNS:agency.example")
        self.logs = 0

    # Files.

    def openssl(self, *words):
        subprocess.run(["openssl", *map(str, words)], check=True, cwd=self.folder,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def make_authority(self, name):
        self.openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                     "-days", "2", "-subj", f"/CN={name} authority", "-keyout", f"{name}.ca.key",
                     "-out", f"{name}.ca.pem")

    def make_certificate(self, authority, name, subject, names):
        (self.folder / "extensions").write_text(f"subjectAltName={names}\n")
        self.openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                     "-subj", f"/CN={subject}", "-keyout", f"{name}.key.new", "-out", "request")
        self.openssl("x509", "-req", "-in", "request", "-CA", f"{authority}.ca.pem", "-CAkey",
                     f"{authority}.ca.key", "-CAcreateserial", "-days", "2", "-extfile", "extensions",
                     "-out", f"{name}.pem.new")
        for kind in ("key", "pem"):
            os.replace(self.folder / f"{name}.{kind}.new", self.folder / f"{name}.{kind}")

    def write_credentials(self, *lines):
        new = self.folder / "credentials.new"
        new.write_text("".join(line + "\n" for line in lines))
        os.replace(new, self.folder / "credentials")

    def token_line(self, name, rest):
        digest = hashlib.sha256(self.tokens[name].encode()).hexdigest()
        return f"{name} token=sha256:{digest} {rest}"

    # The daemon.

    def start(self, *options, code=None):
        self.logs += 1
        self.log_file = self.folder / f"log{self.logs}"
        port_file = self.folder / "port"
        with open(self.log_file, "wb") as log:
            daemon = subprocess.Popen(
                [BIN / "claimwatchd", f"--data_dir={self.folder}/data", "--listen=127.0.0.1:0",
                 f"--port_file={port_file}", "--log_level=debug", *options],
                stdout=log, stderr=log)
        self.addCleanup(daemon.wait)
        self.addCleanup(daemon.kill)
        if code is not None:
            self.assertEqual(daemon.wait(WAIT), code, self.log())
            return
        deadline = time.monotonic() + WAIT
        while not port_file.exists():
            self.assertIsNone(daemon.poll(), self.log())
            self.assertLess(time.monotonic(), deadline, self.log())
            time.sleep(0.02)
        self.url = port_file.read_text().split()[-1]
        self.port = int(self.url.rsplit(":", 1)[1])
        self.daemon = daemon

    def tls_options(self, *more):
        return (f"--http_listen=127.0.0.1:0", f"--tls_cert={self.folder}/server.pem",
                f"--tls_key={self.folder}/server.key", *more)

    def log(self):
        return self.log_file.read_text()

    # Clients.

    def context(self, authority="first", certificate=None):
        context = ssl.create_default_context(cafile=self.folder / f"{authority}.ca.pem")
        if certificate:
            context.load_cert_chain(self.folder / f"{certificate}.pem", self.folder / f"{certificate}.key")
        return context

    @contextlib.contextmanager
    def connection(self, **how):
        connection = http.client.HTTPSConnection("localhost", self.port, timeout=WAIT,
                                                 context=self.context(**how))
        with contextlib.closing(connection):
            yield connection

    def request(self, path, body=None, token=None, fields=None, **how):
        """Status and body of one request on a connection of its own."""
        fields = dict(fields or {})
        if token:
            fields["Authorization"] = "Bearer " + self.tokens.get(token, token)
        if body is not None:
            fields["Content-Type"] = "application/json"
        with self.connection(**how) as connection:
            connection.request("GET" if body is None else "POST", path,
                               None if body is None else json.dumps(body), fields)
            answer = connection.getresponse()
            return answer.status, answer.read()

    def stream(self, method, path, token, body=None, kind=None):
        """A connection and the answer that goes on."""
        connection = http.client.HTTPSConnection("localhost", self.port, timeout=WAIT,
                                                 context=self.context())
        self.addCleanup(connection.close)
        fields = {"Authorization": "Bearer " + self.tokens[token]}
        if kind:
            fields["Content-Type"] = kind
        connection.request(method, path, body, fields)
        answer = connection.getresponse()
        self.assertEqual(answer.status, 200)
        return answer

    def ingest(self, number, dead, **how):
        return self.request(INGEST, {"article": article(number, dead)}, **how)

    # The stories.

    def start_guarded(self):
        self.write_credentials(self.token_line("desk", "roles=read,subscribe"),
                               self.token_line("ops", "roles=admin"),
                               self.token_line("wire", "roles=ingest"),
                               "agency certificate=spiffe://news/agency roles=ingest")
        self.start(*self.tls_options(f"--tls_client_ca={self.folder}/first.ca.pem",
                                     f"--credentials={self.folder}/credentials"))
        self.assertTrue(self.url.startswith("https://"), self.url)

    def test_tokens_and_certificates_say_who_one_is(self):
        self.start_guarded()
        for token, code, reason in (("desk", 200, None), ("ops", 200, None),
                                    ("wire", 403, "ROLE_MISSING"),
                                    (None, 401, "CREDENTIALS_MISSING"),
                                    ("cw_" + "x" * 43, 401, "CREDENTIALS_INVALID")):
            with self.subTest(token=token):
                status, body = self.request(STORIES, {}, token=token)
                self.assertEqual(status, code, body)
                self.assertIn(reason or "", json.dumps(self.details(body)))
        status, body = self.request(STORIES, {}, fields={"Authorization": "Basic b3BzOm9wcw=="})
        self.assertEqual(status, 401, body)

        status, body = self.ingest(1, 12, certificate="agency")
        self.assertEqual(status, 200, self.log())
        self.assertEqual(self.request(STORIES, {}, certificate="agency")[0], 403)
        # The token goes before the certificate.
        self.assertEqual(self.request(STORIES, {}, token="desk", certificate="agency")[0], 200)
        # Nobody can say by a header what TLS has to prove.
        name = base64.b64encode(b"spiffe://news/agency").decode()
        for field in ("claimwatch-certificate-bin", "Claimwatch-Certificate-Bin"):
            self.assertEqual(self.ingest(2, 12, fields={field: name})[0], 401)
        self.make_authority("second")
        self.make_certificate("second", "forger", "agency", "URI:spiffe://news/agency")
        with self.assertRaises((ssl.SSLError, ConnectionError)):
            self.ingest(3, 12, certificate="forger")
        log = self.log()
        self.assertIn("audit: wire from 127.0.0.1:", log)
        for token in self.tokens.values():
            self.assertNotIn(token, log)
            self.assertNotIn(token[3:], log)

    def details(self, body):
        """The error as JSON, with what stands in its details."""
        try:
            error = json.loads(body)
        except ValueError:
            return body.decode()
        for detail in error.get("details", []):
            raw = detail.get("value", "")
            detail["value"] = base64.b64decode(raw + "=" * (-len(raw) % 4)).decode(errors="replace")
        return error

    def test_probes_are_open_and_figures_are_not(self):
        self.start_guarded()
        self.assertEqual(self.request("/healthz"), (200, b"ok\n"))
        self.assertEqual(self.request("/readyz"), (200, b"ready\n"))
        self.assertEqual(self.request("/metrics")[0], 401)
        self.assertEqual(self.request("/metrics", token="cw_" + "x" * 43)[0], 401)
        for token in self.tokens:
            status, body = self.request("/metrics", token=token)
            self.assertEqual(status, 200)
            self.assertIn(b"claimwatch_build_info", body)
        self.assertEqual(self.request("/")[0], 200)  # The page itself holds no news.

    def test_traces_go_through(self):
        self.start_guarded()
        status, body = self.ingest(1, 12, token="wire", fields={"traceparent": TRACE})
        self.assertEqual(status, 200)
        self.assertEqual(json.loads(body)["receipt"]["traceId"], TRACE[3:35])
        self.assertIn("trace_id=" + TRACE[3:35], self.log())

    def test_a_credential_that_is_taken_away_ends_its_streams(self):
        self.start_guarded()
        for number, dead in ((1, 12), (2, 31)):
            self.assertEqual(self.ingest(number, dead, token="wire")[0], 200)
        events = self.stream("GET", "/v1/alerts/stream?start=beginning", "desk")
        frames = self.stream("POST", SUBSCRIBE, "desk", b"\0\0\0\0\0", "application/grpc-web+proto")
        other = self.stream("GET", "/v1/alerts/stream?start=beginning", "ops")
        self.read_event(events)
        self.read_event(other)
        self.write_credentials(self.token_line("ops", "roles=admin"), self.token_line("wire", "roles=ingest"))
        rest = events.read().decode()
        self.assertIn("CREDENTIALS_REVOKED", rest)
        self.assertIn(b"grpc-status:16", frames.read())
        self.assertEqual(self.request(STORIES, {}, token="desk")[0], 401)
        self.assertEqual(self.ingest(3, 45, token="wire")[0], 200)
        self.assertIn("45", self.read_event(other))  # Whose credential stands hears on.

    def read_event(self, answer):
        """The data of the next event that has alerts in it."""
        data = ""
        while True:
            line = answer.readline().decode()
            self.assertTrue(line, "the stream ended")
            if line.startswith("data:"):
                data += line[5:]
            elif line == "\n":
                if '"events"' in data:
                    return data
                data = ""

    def test_curl_follows_the_alerts(self):
        if shutil.which("curl") is None:
            self.skipTest("curl is not installed")
        self.start_guarded()
        config = self.folder / "curl"
        config.write_text(f'header = "Authorization: Bearer {self.tokens["desk"]}"\n')
        curl = subprocess.Popen(
            ["curl", "-sSN", "--max-time", str(WAIT), "--config", config, "--cacert",
             self.folder / "first.ca.pem", f"https://localhost:{self.port}/v1/alerts/stream?start=beginning"],
            stdout=subprocess.PIPE, text=True)
        self.addCleanup(curl.stdout.close)
        self.addCleanup(curl.wait)
        self.addCleanup(curl.kill)
        for number, dead in ((1, 12), (2, 31)):
            self.ingest(number, dead, token="wire")
        heard = ""
        for line in curl.stdout:
            heard += line
            if '"kind"' in heard and line == "\n":
                break
        self.assertIn("id:", heard)
        self.assertIn("31", heard)

    def test_large_bodies_come_through_whole(self):
        self.start_guarded()
        words = " ".join(f"Officials said {n} people were evacuated from Port Aldine." for n in range(1, 8000))
        body = {"body": words[:400_000], "language": "en"}
        status, answer = self.request("/claimwatch.v1.ClaimService/ExtractClaims", body, token="desk")
        self.assertEqual(status, 200)
        self.assertGreater(len(answer), 200_000)
        self.assertGreater(len(json.loads(answer)["claims"]), 400)
        with self.connection() as connection:  # And a second request on the same connection.
            for _ in range(2):
                connection.request("POST", STATUS, "{}", {"Content-Type": "application/json",
                                                          "Authorization": "Bearer " + self.tokens["ops"]})
                self.assertEqual(json.loads(connection.getresponse().read())["version"][:2], "0.")

    def test_who_speaks_no_tls_is_told(self):
        self.start_guarded()
        with socket.create_connection(("127.0.0.1", self.port), WAIT) as plain:
            plain.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            self.assertIn(b"say https://", plain.recv(4096))
        with socket.create_connection(("127.0.0.1", self.port), WAIT) as plain:
            plain.sendall(secrets.token_bytes(2000))
            with contextlib.suppress(ConnectionError):
                while plain.recv(4096):
                    pass
        old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        old.load_verify_locations(self.folder / "first.ca.pem")
        old.minimum_version = ssl.TLSVersion.TLSv1
        old.maximum_version = ssl.TLSVersion.TLSv1_1
        old.set_ciphers("ALL:@SECLEVEL=0")
        with socket.create_connection(("127.0.0.1", self.port), WAIT) as plain:
            with self.assertRaises((ssl.SSLError, ConnectionError)):
                old.wrap_socket(plain, server_hostname="localhost")
        self.assertEqual(self.request("/healthz")[0], 200)

    def test_a_certificate_is_renewed_without_a_restart(self):
        self.start(*self.tls_options())
        with self.connection() as before:
            before.request("GET", "/healthz")
            before.getresponse().read()
            # A key without its certificate changes nothing.
            kept = (self.folder / "server.pem").read_bytes()
            self.make_authority("second")
            self.make_certificate("second", "server", "daemon.example", "DNS:localhost")
            renewed = (self.folder / "server.pem").read_bytes()
            (self.folder / "server.pem").write_bytes(kept)
            self.wait_for(lambda: "stays in use" in self.log())
            self.assertEqual(self.request("/healthz")[0], 200)
            (self.folder / "server.pem").write_bytes(renewed)
            self.wait_for(self.second_serves)
            before.request("GET", "/healthz")  # What is open stays open.
            self.assertEqual(before.getresponse().status, 200)
        with self.assertRaises(ssl.SSLError):
            self.request("/healthz")

    def second_serves(self):
        try:
            return self.request("/healthz", authority="second")[0] == 200
        except ssl.SSLError:
            return False

    def wait_for(self, happened):
        deadline = time.monotonic() + WAIT
        while not happened():
            self.assertLess(time.monotonic(), deadline, self.log())
            time.sleep(0.1)

    def test_certificates_alone_open_everything_but_probes_are_open(self):
        self.start(*self.tls_options(f"--tls_client_ca={self.folder}/first.ca.pem"))
        self.assertEqual(self.request("/healthz")[0], 200)
        self.assertEqual(self.request("/readyz")[0], 200)
        for path in ("/", "/metrics", "/v1/alerts/stream"):
            self.assertEqual(self.request(path)[0], 401, path)
        self.assertEqual(self.request(STORIES, {})[0], 401)
        self.assertEqual(self.request(STORIES, {}, certificate="agency")[0], 200)
        self.assertEqual(self.request("/metrics", certificate="agency")[0], 200)

    def test_other_machines_get_in_guarded_or_not_at_all(self):
        self.start("--http_listen=0.0.0.0:0", code=2)
        self.assertIn("can be reached by other machines", self.log())
        self.start("--http_listen=0.0.0.0:0", f"--tls_cert={self.folder}/server.pem",
                   f"--tls_key={self.folder}/server.key", code=2)
        self.start("--http_listen=127.0.0.1:0", f"--tls_cert={self.folder}/server.pem",
                   f"--tls_key={self.folder}/agency.key", code=2)
        self.assertIn("tls_key", self.log())
        self.start("--http_listen=0.0.0.0:0", "--insecure")
        self.assertTrue(self.url.startswith("http://"))
        self.daemon.send_signal(signal.SIGTERM)
        self.daemon.wait(WAIT)
        self.write_credentials(self.token_line("desk", "roles=read"))
        self.start("--http_listen=0.0.0.0:0", f"--tls_cert={self.folder}/server.pem",
                   f"--tls_key={self.folder}/server.key", f"--credentials={self.folder}/credentials")
        self.assertEqual(self.request(STORIES, {}, token="desk")[0], 200)


if __name__ == "__main__":
    if shutil.which("openssl") is None:
        print("https_test: SKIPPED: openssl is not installed")
        sys.exit(77)
    unittest.main(argv=sys.argv[:1])
