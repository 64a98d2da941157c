"""Sends two articles that disagree, and shows the alert. Usage: example.py [HOST:PORT]"""
import sys

import claimwatch
from claimwatch.v1 import alert_pb2, article_pb2

ARTICLES = [
    article_pb2.Article(article_id="example-1", source="first.example",
                        body="A ferry sank off Port Aldine on Monday, killing 12 people."),
    article_pb2.Article(article_id="example-2", source="second.example",
                        body="The ferry that sank off Port Aldine on Monday killed 31 people."),
]

with claimwatch.Client(sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:7411") as client:
    for receipt in client.ingest(ARTICLES):
        print(receipt.article_id, receipt.story_id, f"{receipt.claim_count} claims")
    for update in client.subscribe("snapshot"):  # The open alerts; then, without end, what comes.
        for event in update.events:
            print(alert_pb2.Alert.Kind.Name(event.alert.kind), event.alert.summary)
        if update.caught_up:
            break  # To follow for ever, leave this out, and keep update.token for the next run.
