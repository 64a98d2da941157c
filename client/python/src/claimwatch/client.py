"""Client: where the daemon is, how to reach it, and its calls."""
import time

import grpc

from . import consumer, subscription
from .failure import Failure
from .ingest import Ingest, IngestOptions
from .retry import Patience, RetryPolicy
from .v1 import (admin_pb2_grpc, alert_pb2, alert_pb2_grpc, article_pb2_grpc, claim_pb2_grpc,
                 story_pb2_grpc)

_CHANNEL = [
    ("grpc.keepalive_time_ms", 30_000),
    ("grpc.keepalive_timeout_ms", 20_000),
    ("grpc.max_receive_message_length", 16 << 20),
    # When to try again is decided in retry.py; the channel must not be slower than that.
    ("grpc.min_reconnect_backoff_ms", 100),
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.max_reconnect_backoff_ms", 1000),
]


class Client:
    """Thread-safe. Every stub of the contract is a member, for calls that need no more than that:
    `client.call(client.stories.GetStory, GetStoryRequest(story_id="s1"))`.

    tls_ca       PEM of the authorities to trust, as bytes; turns TLS on
    tls          True: TLS with the system's authorities
    tls_cert, tls_key   our own certificate, as PEM bytes, for a daemon that asks for one
    token        sent with every call as "authorization: Bearer …"; a function is asked each time,
                 so that a token can be renewed
    """

    def __init__(self, target="127.0.0.1:7411", *, tls=False, tls_ca=None, tls_cert=None,
                 tls_key=None, token=None, client_id="", retry=RetryPolicy()):
        if tls or tls_ca or tls_cert:
            credentials = grpc.ssl_channel_credentials(tls_ca, tls_key, tls_cert)
            self._channel = grpc.secure_channel(target, credentials, options=_CHANNEL)
        else:
            self._channel = grpc.insecure_channel(target, options=_CHANNEL)
        self._token, self._client_id, self._retry = token, client_id, retry
        self.articles = article_pb2_grpc.ArticleServiceStub(self._channel)
        self.claims = claim_pb2_grpc.ClaimServiceStub(self._channel)
        self.stories = story_pb2_grpc.StoryServiceStub(self._channel)
        self.alerts = alert_pb2_grpc.AlertServiceStub(self._channel)
        self.admin = admin_pb2_grpc.AdminServiceStub(self._channel)

    def close(self):
        self._channel.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def subscribe(self, start="now", *, resume_token="", selector=None, heartbeat=None,
                  on_gap="stop", on_notice=None):
        """Follows the alerts: a Subscription, to be iterated.

        start         "now", "beginning" or "snapshot" (the open alerts, then what comes); without
                      meaning where there is a resume_token
        resume_token  the last one that an earlier Subscription gave
        selector      an AlertSelector
        heartbeat     seconds after which the daemon says where it stands though nothing happened
        on_gap        when events after the token are gone for good: "stop" (raise), or go on with
                      the "oldest" held or with a "snapshot"
        on_notice     called with a Notice when the connection comes, goes or leaves a gap
        """
        request = subscription.request_of(start, resume_token, selector, heartbeat,
                                          self._client_id)
        return subscription.Subscription(self.alerts, request, metadata=self._metadata,
                                         policy=self._retry, on_gap=on_gap, on_notice=on_notice)

    def consume(self, subscription_id, *, heartbeat=None, on_lost=None):
        """Takes from a named subscription (see alerts.CreateSubscription): a Consumer, to be iterated;
        each Delivery is to be settled. on_lost(failure, retry_in) is called when a connection is
        lost."""
        request = alert_pb2.ConsumeAlertsRequest(subscription_id=subscription_id,
                                                 client_id=self._client_id)
        if heartbeat is not None:
            request.heartbeat_interval.FromNanoseconds(int(heartbeat * 1e9))
        return consumer.Consumer(self, self.alerts, request, metadata=self._metadata,
                                 policy=self._retry, on_lost=on_lost)

    def ingest(self, articles, options=IngestOptions(), on_lost=None):
        """Sends the articles of an iterable; yields a receipt for each, in order, when it is
        durable. A bad article has `receipt.error` (see Failure.of_status), and the rest goes on.
        on_lost(failure, retry_in, to_resend) is called when a connection is lost."""
        return iter(Ingest(self.articles, articles, options, metadata=self._metadata,
                           policy=self._retry, on_lost=on_lost, client_id=self._client_id))

    def call(self, method, request, *, timeout=30.0, again=True, patience=None):
        """One unary call, tried again for as long as the retry policy has it. Raises Failure. Say
        again=False for BackUp: a second try finds the name taken if the first had succeeded. `patience`
        is that of a longer conversation which the call is part of."""
        patience = patience or Patience(self._retry)
        while True:
            try:
                return method(request, timeout=timeout, metadata=self._metadata())
            except grpc.RpcError as error:
                failure = Failure.of_call(error)
            may = again and failure.may_try_again
            delay = patience.after_failure(failure.retry_after) if may else None
            if delay is None:
                raise failure
            time.sleep(delay)

    def _metadata(self):
        if self._token is None:
            return ()
        token = self._token() if callable(self._token) else self._token
        return (("authorization", f"Bearer {token}"),)
