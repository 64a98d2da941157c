// The Node client as a process, for tests/clients; client/python/tests/probe.py says what it does.
import { credentials, status as codes } from "@grpc/grpc-js";
import { readFileSync } from "node:fs";
import { GetAlertRequest } from "../gen/claimwatch/v1/alert.js";
import { Article } from "../gen/claimwatch/v1/article.js";
import { Client, Failure, type SubscribeOptions } from "../src/index.js";

function say(words: object): void {
  process.stdout.write(JSON.stringify(words) + "\n");
}

function failed(failure: Failure): object {
  const { reason, metadata, resource, message } = failure;
  const violations = failure.violations.map((v) => [v.field, v.reason]);
  return { code: codes[failure.code], reason, metadata, violations, resource, message };
}

async function follow(client: Client, start: string, onGap: string, until: string): Promise<void> {
  const token = start.startsWith("token:") ? start.slice("token:".length) : "";
  const updates = client.subscribe({
    ...(token ? { resumeToken: token } : { start: start as SubscribeOptions["start"] }),
    onGap: onGap as SubscribeOptions["onGap"],
    heartbeat: 1000,
    onNotice: (notice) =>
      say(
        "failure" in notice
          ? { what: notice.kind, retryIn: notice.retryIn / 1000, ...failed(notice.failure) }
          : { what: notice.kind, position: notice.started.startPosition },
      ),
  });
  for await (const { events, token, caughtUp } of updates) {
    const positions = events.map((event) => event.position);
    const alerts = events.map((event) => event.alert?.alertId);
    say({ what: "update", positions, alerts, token, caughtUp });
    if ((positions.at(-1) ?? 0) >= Number(until)) return;
  }
}

async function ingest(client: Client, file: string): Promise<void> {
  const lines = readFileSync(file, "utf8").split("\n").filter((line) => line);
  const articles = lines.map((line) => Article.fromJSON(JSON.parse(line)));
  const receipts = client.ingest(articles, {
    onLost: (failure, retryIn) => say({ what: "lost", retryIn: retryIn / 1000, ...failed(failure) }),
  });
  for await (const { articleId: id, sequence, index, duplicate, error } of receipts) {
    const words = { what: "receipt", id, sequence, index, duplicate };
    say(error ? { ...words, error: failed(Failure.ofStatus(error)) } : words);
  }
}

async function consume(client: Client, subscription: string, count: string): Promise<void> {
  const settled = new Set<number>();
  const deliveries = client.consume(subscription, {
    heartbeat: 1000,
    onLost: (failure, retryIn) => say({ what: "lost", retryIn: retryIn / 1000, ...failed(failure) }),
  });
  for await (const delivery of deliveries) {
    const { position } = delivery.event;
    const did = position % 5 === 0 && delivery.count === 1 ? "retry" : position % 7 === 0 ? "park" : "ack";
    await delivery[did]("probe");
    say({ what: "delivery", position, count: delivery.count, did });
    if (did !== "retry") settled.add(position);
    if (settled.size >= Number(count)) return;
  }
}

async function get(client: Client, alertId: string): Promise<void> {
  const request = GetAlertRequest.fromPartial({ alertId });
  const { alert } = await client.call(client.alerts, client.alerts.getAlert, request);
  say({ what: "alert", id: alert?.alertId });
}

const [server, command, ...rest] = process.argv.slice(2) as [string, string, string, string, string];
const { PROBE_CA: ca, PROBE_TOKEN: token } = process.env;
const client = new Client(server, {
  clientId: "probe",
  retry: { firstContactMax: 1000 },
  ...(ca && { credentials: credentials.createSsl(readFileSync(ca)) }),
  ...(token && { token: () => token }),
});
try {
  if (command === "follow") await follow(client, ...(rest as [string, string, string]));
  else if (command === "ingest") await ingest(client, rest[0]);
  else if (command === "consume") await consume(client, rest[0], rest[1]);
  else await get(client, rest[0]);
  say({ what: "end", code: "OK" });
} catch (error) {
  say({ what: "end", ...failed(Failure.of(error)) });
}
client.close();
