"""A named subscription: the daemon keeps the place, and an event comes until it is settled."""
import threading

import grpc

from .failure import Failure
from .retry import Patience
from .v1 import alert_pb2 as pb


class Delivery:
    """One event, to be settled: done (ack), not done (retry: it comes again), not doable (park). What
    is not settled before the lease ends comes again. Any thread; each raises Failure."""

    def __init__(self, consumer, delivery):
        self._consumer = consumer
        self.event = delivery.event
        self.count = delivery.delivery_count  # Which delivery of it this is, from 1.
        self.lease_end_time = delivery.lease_end_time.ToDatetime()  # By the daemon's clock, UTC.

    def ack(self):
        self._consumer.settle(ack_positions=[self.event.position])

    def retry(self, note=""):
        self._consumer.settle(retry_positions=[self.event.position], note=note)

    def park(self, note=""):
        self._consumer.settle(park_positions=[self.event.position], note=note)

    def extend(self):
        """The lease begins anew now."""
        self._consumer.settle(extend_positions=[self.event.position])


class Consumer:
    """Iterate to get Deliveries, over any number of connections; each event at least once. Ends by
    raising Failure: NOT_FOUND (no such subscription), OUT_OF_RANGE (retention was faster),
    UNAVAILABLE when the retry policy gives up. One thread iterates; cancel() may come from any, and
    ends the iteration."""

    def __init__(self, client, stub, request, *, metadata, policy, on_lost):
        self._client, self._stub, self._request, self._metadata = client, stub, request, metadata
        self._on_lost = on_lost or (lambda failure, retry_in: None)
        self._policy, self._patience = policy, Patience(policy)
        self._cancelled = threading.Event()
        self._stream, self._lock, self._retry_after = None, threading.Lock(), None

    def cancel(self):
        self._cancelled.set()
        with self._lock:
            if self._stream is not None:
                self._stream.cancel()

    def settle(self, **fields):
        """The fields of SettleAlertsRequest, for several at once: ack_up_to_position=…"""
        request = pb.SettleAlertsRequest(subscription_id=self._request.subscription_id, **fields)
        patience = Patience(self._policy)
        patience.contact()  # The deliveries came from there: this is an outage, if it is one.
        return self._client.call(self._stub.SettleAlerts, request, patience=patience)

    def __iter__(self):
        while not self._cancelled.is_set():
            try:
                yield from self._follow()
                failure = Failure(grpc.StatusCode.UNAVAILABLE, "the daemon ended the stream early")
            except grpc.RpcError as error:
                failure = Failure.of_call(error)
            if self._cancelled.is_set():
                return
            told = self._retry_after if self._retry_after is not None else failure.retry_after
            delay = self._patience.after_failure(told) if failure.may_try_again else None
            if delay is None or failure.code is grpc.StatusCode.OUT_OF_RANGE:
                raise failure
            self._on_lost(failure, delay)
            self._cancelled.wait(delay)

    def _follow(self):
        self._retry_after = None
        stream = self._stub.ConsumeAlerts(self._request, metadata=self._metadata())
        with self._lock:
            self._stream = stream
        if self._cancelled.is_set():
            stream.cancel()
        try:
            for message in stream:
                self._patience.progress()
                if message.HasField("end"):
                    self._retry_after = message.end.retry_after.ToNanoseconds() / 1e9
                for delivery in message.deliveries:
                    yield Delivery(self, delivery)
        finally:
            stream.cancel()  # Whoever leaves the loop gives the place to other consumers.
