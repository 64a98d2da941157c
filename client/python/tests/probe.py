"""The Python client as a process, for tests/clients: prints what it hears, one JSON object a line.

    probe.py SERVER follow START ON_GAP POSITION     until an event at or after POSITION
    probe.py SERVER ingest FILE
    probe.py SERVER get ALERT_ID
    probe.py SERVER consume SUBSCRIPTION COUNT       until so many are settled for good

consume gives every fifth position back at its first delivery, parks every seventh, and acknowledges
the others.

START: now, beginning, snapshot or token:TOKEN. Environment: PROBE_CA, PROBE_TOKEN.
"""
import json
import os
import pathlib
import sys

import claimwatch
from claimwatch.v1 import alert_pb2, article_pb2
from google.protobuf import json_format


def say(**words):
    print(json.dumps(words), flush=True)


def failed(failure):
    return {"code": failure.code.name, "reason": failure.reason, "metadata": failure.metadata,
            "violations": [[v.field, v.reason] for v in failure.violations],
            "resource": failure.resource}


def notice(notice):
    if notice.failure is None:
        say(what=notice.kind, position=notice.started.start_position)
    else:
        say(what=notice.kind, retryIn=notice.retry_in, **failed(notice.failure))


def follow(client, start, on_gap, until):
    token = start.removeprefix("token:") if start.startswith("token:") else ""
    feed = client.subscribe("now" if token else start, resume_token=token, heartbeat=1,
                            on_gap=on_gap, on_notice=notice)
    for update in feed:
        say(what="update", positions=[e.position for e in update.events], token=update.token,
            alerts=[e.alert.alert_id for e in update.events], caughtUp=update.caught_up)
        if update.events and update.events[-1].position >= int(until):
            return


def ingest(client, file):
    lines = pathlib.Path(file).read_text(encoding="utf-8").splitlines()
    articles = (json_format.Parse(line, article_pb2.Article()) for line in lines)
    lost = lambda failure, retry_in, _: say(what="lost", retryIn=retry_in, **failed(failure))
    for receipt in client.ingest(articles, on_lost=lost):
        words = {"what": "receipt", "id": receipt.article_id, "sequence": receipt.sequence,
                 "index": receipt.index, "duplicate": receipt.duplicate}
        if receipt.HasField("error"):
            words["error"] = failed(claimwatch.Failure.of_status(receipt.error))
        say(**words)


def get(client, alert_id):
    request = alert_pb2.GetAlertRequest(alert_id=alert_id)
    say(what="alert", id=client.call(client.alerts.GetAlert, request).alert.alert_id)


def consume(client, subscription, count):
    lost = lambda failure, retry_in: say(what="lost", retryIn=retry_in, **failed(failure))
    settled = set()
    for delivery in client.consume(subscription, heartbeat=1, on_lost=lost):
        position = delivery.event.position
        if position % 5 == 0 and delivery.count == 1:
            did = "retry"
            delivery.retry()
        elif position % 7 == 0:
            did = "park"
            delivery.park("probe")
        else:
            did = "ack"
            delivery.ack()
        say(what="delivery", position=position, count=delivery.count, did=did)
        if did != "retry":
            settled.add(position)
        if len(settled) >= int(count):
            return


def main():
    server, command, *arguments = sys.argv[1:]
    ca = os.environ.get("PROBE_CA")
    with claimwatch.Client(server, tls_ca=pathlib.Path(ca).read_bytes() if ca else None,
                           token=os.environ.get("PROBE_TOKEN"), client_id="probe",
                           retry=claimwatch.RetryPolicy(first_contact_max=1)) as client:
        try:
            {"follow": follow, "ingest": ingest, "get": get, "consume": consume}[command](client, *arguments)
            say(what="end", code="OK")
        except claimwatch.Failure as failure:
            say(what="end", **failed(failure))


main()
