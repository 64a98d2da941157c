"""What needs no daemon: the table of errors, the delays, and a stream that breaks off.

PYTHONPATH=<the built package> python3 -m unittest discover -s client/python/tests
"""
import concurrent.futures
import json
import pathlib
import unittest

import claimwatch
import grpc
from claimwatch.retry import Patience
from claimwatch.v1 import alert_pb2 as pb
from claimwatch.v1 import alert_pb2_grpc
from google.protobuf import any_pb2, duration_pb2
from google.rpc import error_details_pb2, status_pb2

TABLE = pathlib.Path(__file__).resolve().parents[3] / "tests/clients/retry_table.json"


def status(code, reason="", retry_delay=None):
    details = [error_details_pb2.ErrorInfo(reason=reason, domain="claimwatch")]
    if retry_delay is not None:
        delay = duration_pb2.Duration()
        delay.FromNanoseconds(int(retry_delay * 1e9))
        details.append(error_details_pb2.RetryInfo(retry_delay=delay))
    packed = [any_pb2.Any() for _ in details]
    for target, detail in zip(packed, details):
        target.Pack(detail)
    return status_pb2.Status(code=code.value[0], message="message", details=packed)


class Retry(unittest.TestCase):
    def test_table_of_errors(self):
        for row in json.loads(TABLE.read_text()):
            with self.subTest(row):
                code = grpc.StatusCode[row["code"]]
                failure = claimwatch.Failure.of_status(
                    status(code, row["reason"], row.get("retryDelay")))
                self.assertIs(failure.may_try_again, row["again"])
                self.assertEqual(failure.reason, row["reason"])
                self.assertEqual(failure.retry_after, row.get("retryDelay"))

    def test_delays_double_and_are_spread(self):
        chance = 0.0
        patience = Patience(claimwatch.RetryPolicy(delay_max=1), lambda: 0.0, lambda: chance)
        patience.contact()
        delays = [patience.after_failure() for _ in range(6)]
        self.assertEqual(delays, [0.05, 0.1, 0.2, 0.4, 0.5, 0.5])
        patience.progress()
        chance = 0.5
        self.assertAlmostEqual(patience.after_failure(), 0.075)
        self.assertEqual(patience.after_failure(3.0), 3.0)  # The daemon's word is the least.

    def test_gives_up_soon_where_nothing_was_ever_reached(self):
        now = 0.0
        patience = Patience(claimwatch.RetryPolicy(), lambda: now)
        self.assertIsNotNone(patience.after_failure())
        now = 10.0
        self.assertIsNone(patience.after_failure())


def event(position):
    return pb.AlertEvent(position=position, change=pb.AlertEvent.CHANGE_OPENED)


class BreaksOff(alert_pb2_grpc.AlertServiceServicer):
    """Ends its first stream between two messages of one article."""

    def __init__(self):
        self.tokens = []

    def SubscribeAlerts(self, request, context):
        self.tokens.append(request.resume_token)
        yield pb.SubscribeAlertsResponse(started=pb.SubscriptionStarted(epoch="e"))
        if len(self.tokens) == 1:
            yield pb.SubscribeAlertsResponse(events=[event(1)], resume_token="after-1")
            yield pb.SubscribeAlertsResponse(events=[event(2)])  # More of the same article follow.
            context.abort(grpc.StatusCode.UNAVAILABLE, "broken")
        yield pb.SubscribeAlertsResponse(events=[event(2), event(3)], resume_token="after-3")


class Subscription(unittest.TestCase):
    def test_a_stream_that_breaks_inside_an_article_repeats_nothing(self):
        service = BreaksOff()
        server = grpc.server(concurrent.futures.ThreadPoolExecutor(2))
        alert_pb2_grpc.add_AlertServiceServicer_to_server(service, server)
        port = server.add_insecure_port("127.0.0.1:0")
        server.start()
        self.addCleanup(server.stop, None)
        notices, heard = [], []
        with claimwatch.Client(f"127.0.0.1:{port}") as client:
            feed = client.subscribe(on_notice=lambda notice: notices.append(notice.kind))
            for update in feed:
                heard += [e.position for e in update.events]
                if update.token == "after-3":
                    break
        self.assertEqual(heard, [1, 2, 3])
        self.assertEqual(service.tokens, ["", "after-1"])
        self.assertEqual(notices, ["connected", "lost", "resumed"])


if __name__ == "__main__":
    unittest.main()
