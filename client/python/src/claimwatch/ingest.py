"""Articles out, receipts back, over any number of connections."""
import collections
import dataclasses
import threading
import time

import grpc

from .failure import Failure
from .retry import Patience
from .v1 import article_pb2 as pb


@dataclasses.dataclass(frozen=True)
class IngestOptions:
    return_claims: bool = False  # Receipts carry the claims,
    return_alerts: bool = False  # and the alerts opened.
    batch_articles_max: int = 16
    batch_bytes_max: int = 1 << 20  # An article that is larger goes alone.
    inflight_articles_max: int = 256


class Ingest:
    """Yields one receipt for each article, in order. What was sent without an answer when a stream
    ended goes out again on the next one: safe, since the daemon knows an article by id and content.

    The articles are read by a thread of our own, which waits while too many have no receipt; so the
    iterable may be slow, and an article goes out as soon as it is there."""

    def __init__(self, stub, articles, options, *, metadata, policy, on_lost, client_id):
        self._stub, self._articles, self._options = stub, articles, options
        self._metadata, self._client_id = metadata, client_id
        self._on_lost = on_lost or (lambda failure, retry_in, to_resend: None)
        self._patience = Patience(policy)
        self._count, self._retry_after = 0, None

        self._changed = threading.Condition()  # Guards what follows.
        self._unanswered = collections.deque()
        self._sent = 0  # Of these, on the stream of now.
        self._stream = None
        self._exhausted, self._closed, self._input_error = False, False, None

    def __iter__(self):
        threading.Thread(target=self._read_articles, daemon=True).start()
        try:
            while self._wait_for_work():
                yield from self._until_lost()
        finally:
            with self._changed:
                self._closed = True
                self._changed.notify_all()
        if self._input_error is not None:
            raise self._input_error

    def _read_articles(self):
        try:
            for article in self._articles:
                with self._changed:
                    self._changed.wait_for(self._has_room)
                    if self._closed:
                        return
                    self._unanswered.append(article)
                    self._changed.notify_all()
        except Exception as error:  # Of the caller's iterable: raised again where the caller is.
            self._input_error = error
        finally:
            with self._changed:
                self._exhausted = True
                self._changed.notify_all()

    def _has_room(self):
        return self._closed or len(self._unanswered) < self._options.inflight_articles_max

    def _wait_for_work(self):
        with self._changed:
            self._changed.wait_for(lambda: self._unanswered or self._exhausted)
            return bool(self._unanswered)

    def _until_lost(self):
        """One stream, and the wait after it."""
        self._retry_after = None
        try:
            yield from self._run_stream()
            failure = Failure(grpc.StatusCode.UNAVAILABLE, "the daemon ended the stream early")
        except grpc.RpcError as error:
            failure = Failure.of_call(error)
        if not self._unanswered:
            return  # However the stream ended: all is in.
        told = self._retry_after if self._retry_after is not None else failure.retry_after
        delay = self._patience.after_failure(told) if failure.may_try_again else None
        if delay is None:
            raise failure
        self._on_lost(failure, delay, len(self._unanswered))
        time.sleep(delay)

    def _run_stream(self):
        stream = object()  # Names this stream for _requests, which runs on a thread of gRPC.
        with self._changed:
            self._stream, self._sent = stream, 0
        call = self._stub.IngestArticles(self._requests(stream), metadata=self._metadata())
        try:
            for response in call:
                self._patience.contact()
                if response.HasField("end"):
                    self._retry_after = response.end.retry_after.ToNanoseconds() / 1e9
                for receipt in response.receipts:
                    yield self._take(receipt)
        finally:
            with self._changed:
                self._stream = None
                self._changed.notify_all()
            call.cancel()

    def _take(self, receipt):
        with self._changed:
            asked = self._unanswered[0] if self._sent > 0 else None
            if asked is None or receipt.article_id not in ("", asked.article_id):
                raise Failure(grpc.StatusCode.INTERNAL,
                              f"the daemon sent a receipt out of order: {receipt.article_id}")
            self._unanswered.popleft()
            self._sent -= 1
            self._changed.notify_all()
        self._patience.progress()
        receipt.index, self._count = self._count, self._count + 1
        return receipt

    def _requests(self, stream):
        yield pb.IngestArticlesRequest(options=pb.IngestOptions(
            client_id=self._client_id, return_claims=self._options.return_claims,
            return_alerts=self._options.return_alerts))
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._stream is not stream or self._exhausted
                                       or self._sent < len(self._unanswered))
                if self._stream is not stream or self._sent == len(self._unanswered):
                    return  # The stream broke, or all is sent.
                request = self._next_batch()
            yield request

    def _next_batch(self):
        request, size = pb.IngestArticlesRequest(), 0
        while self._sent < len(self._unanswered):
            article = self._unanswered[self._sent]
            size += article.ByteSize()
            if request.articles and (size > self._options.batch_bytes_max or
                                     len(request.articles) == self._options.batch_articles_max):
                break
            request.articles.append(article)
            self._sent += 1
        return request
