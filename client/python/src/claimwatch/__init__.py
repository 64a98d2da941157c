"""A client of Claimwatch: follow alerts, send articles.

    client = claimwatch.Client("127.0.0.1:7411")
    for update in client.subscribe(start="snapshot"):
        for event in update.events:
            print(event.alert.summary)

Client reconnects, resumes and retries by itself; errors are Failure, with what the daemon said of
them. The messages are in claimwatch.v1, generated from proto/.
"""
from .client import Client
from .consumer import Consumer, Delivery
from .failure import Failure
from .ingest import IngestOptions
from .retry import RetryPolicy
from .subscription import Notice, Subscription, Update

__all__ = ["Client", "Consumer", "Delivery", "Failure", "IngestOptions", "Notice", "RetryPolicy",
           "Subscription", "Update"]
