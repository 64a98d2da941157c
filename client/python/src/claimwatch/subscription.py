"""The feed of alerts as one unbroken sequence, over any number of connections."""
import dataclasses
import threading

import grpc

from .failure import Failure
from .retry import Patience
from .v1 import alert_pb2 as pb

_STARTS = {
    "now": pb.SubscribeAlertsRequest.START_POINT_NOW,
    "beginning": pb.SubscribeAlertsRequest.START_POINT_BEGINNING,
    "snapshot": pb.SubscribeAlertsRequest.START_POINT_SNAPSHOT,
}


@dataclasses.dataclass
class Update:
    """A piece of the feed. `events` may be empty: then only the place has moved on. `token` resumes
    after all of them; "" while more events of the same article follow in the next update."""

    events: list[pb.AlertEvent]
    token: str
    caught_up: bool = False


@dataclasses.dataclass
class Notice:
    """Something about the connection. kind: "connected" and "resumed" (nothing is missing), with
    `started`; "lost", with `failure` and `retry_in` seconds; "gap", with `failure`: events are gone
    for good, and the subscription goes on without them."""

    kind: str
    started: pb.SubscriptionStarted | None = None
    failure: Failure | None = None
    retry_in: float = 0.0


class Subscription:
    """Iterate to get Updates, in order, none twice and none left out. Ends by raising Failure:
    OUT_OF_RANGE at a gap, UNAVAILABLE when the retry policy gives up, or what the daemon finds wrong
    with the request. One thread iterates; cancel() may come from any, and ends the iteration."""

    def __init__(self, stub, request, *, metadata, policy, on_gap, on_notice):
        if on_gap not in ("stop", "oldest", "snapshot"):
            raise ValueError(f"on_gap: {on_gap!r} is none of stop, oldest, snapshot")
        self._stub, self._request, self._metadata = stub, request, metadata
        self._on_gap, self._on_notice = on_gap, on_notice or (lambda notice: None)
        self._patience = Patience(policy)
        self._cancelled = threading.Event()
        self._stream, self._lock = None, threading.Lock()
        self._epoch, self._told, self._lost, self._retry_after = "", 0, False, None
        self.token = request.resume_token

    def cancel(self):
        self._cancelled.set()
        with self._lock:
            if self._stream is not None:
                self._stream.cancel()

    def __iter__(self):
        while not self._cancelled.is_set():
            try:
                yield from self._follow()
                failure = Failure(grpc.StatusCode.UNAVAILABLE, "the daemon ended the stream early")
            except grpc.RpcError as error:
                failure = Failure.of_call(error)
            if not self._cancelled.is_set():
                self._cancelled.wait(self._delay_after(failure))

    def _follow(self):
        self._retry_after = None
        if self.token:
            self._request.resume_token = self.token
        stream = self._stub.SubscribeAlerts(self._request, metadata=self._metadata())
        with self._lock:
            self._stream = stream
        if self._cancelled.is_set():
            stream.cancel()
        for message in stream:
            self._patience.contact()
            if message.HasField("started"):
                self._begin(message.started)
            if message.HasField("end"):
                self._retry_after = message.end.retry_after.ToNanoseconds() / 1e9
            events = [event for event in message.events if self._is_new(event)]
            if events or message.resume_token:
                self._patience.progress()
                self.token = message.resume_token or self.token
                yield Update(events, message.resume_token, message.HasField("caught_up"))

    def _begin(self, started):
        if started.epoch != self._epoch:
            self._epoch, self._told = started.epoch, 0
        self._on_notice(Notice("resumed" if self._lost else "connected", started=started))
        self._lost = False

    def _is_new(self, event):
        """A stream that broke between two messages of one article is resumed before that article."""
        if event.change == pb.AlertEvent.CHANGE_SNAPSHOT:
            return True
        new = event.position > self._told
        self._told = max(self._told, event.position)
        return new

    def _delay_after(self, failure):
        if failure.code is grpc.StatusCode.OUT_OF_RANGE:
            return self._go_on_after_gap(failure)
        told = self._retry_after if self._retry_after is not None else failure.retry_after
        delay = self._patience.after_failure(told) if failure.may_try_again else None
        if delay is None:
            raise failure
        self._lost = True
        self._on_notice(Notice("lost", failure=failure, retry_in=delay))
        return delay

    def _go_on_after_gap(self, failure):
        oldest = failure.metadata.get("oldestToken", "")
        # Without progress in between, the way out did not lead out: stop, do not go in circles.
        delay = self._patience.after_failure()
        if self._on_gap == "stop" or delay is None or (self._on_gap == "oldest" and not oldest):
            raise failure
        self._told, self.token = 0, ""
        if self._on_gap == "oldest":
            self.token = oldest
        else:
            self._request.start_point = pb.SubscribeAlertsRequest.START_POINT_SNAPSHOT
        self._on_notice(Notice("gap", failure=failure, retry_in=delay))
        return delay


def request_of(start, token, selector, heartbeat, client_id):
    """The request for these arguments of Client.subscribe()."""
    request = pb.SubscribeAlertsRequest(client_id=client_id)
    if token:
        request.resume_token = token
    else:
        request.start_point = _STARTS[start]
    if selector is not None:
        request.selector.CopyFrom(selector)
    if heartbeat is not None:
        request.heartbeat_interval.FromNanoseconds(int(heartbeat * 1e9))
    return request
