// The feed of alerts as one unbroken sequence, over any number of connections.
import { status as codes } from "@grpc/grpc-js";
import {
  type AlertEvent,
  AlertEvent_Change,
  AlertSelector,
  SubscribeAlertsRequest,
  SubscribeAlertsRequest_StartPoint as StartPoint,
  type SubscribeAlertsResponse,
  type SubscriptionStarted,
} from "../gen/claimwatch/v1/alert.js";
import type { Client } from "./client.js";
import { Failure, toMilliseconds } from "./failure.js";
import { Patience, wait } from "./retry.js";

/** A piece of the feed. */
export interface Update {
  /** May be empty: then only the place has moved on. */
  events: AlertEvent[];
  /** Resumes after all of them; empty while more events of the same article follow. */
  token: string;
  /** All that was committed when the stream began has been told. */
  caughtUp: boolean;
}

/** Something about the connection. gap: events are gone for good, and it goes on without them. */
export type Notice =
  | { kind: "connected" | "resumed"; started: SubscriptionStarted }
  | { kind: "lost" | "gap"; failure: Failure; retryIn: number };

export interface SubscribeOptions {
  /** Without: now. Without meaning where there is a resumeToken. */
  start?: "now" | "beginning" | "snapshot";
  /** The last one that an earlier subscription gave. */
  resumeToken?: string;
  selector?: Partial<AlertSelector>;
  /** Milliseconds after which the daemon says where it stands, though nothing happened. */
  heartbeat?: number;
  /** When events after the token are gone for good: throw, or go on with what there is. */
  onGap?: "stop" | "oldest" | "snapshot";
  onNotice?: (notice: Notice) => void;
  /** Ends the subscription. */
  signal?: AbortSignal;
}

const startPoints = {
  now: StartPoint.START_POINT_NOW,
  beginning: StartPoint.START_POINT_BEGINNING,
  snapshot: StartPoint.START_POINT_SNAPSHOT,
};

export async function* subscribe(
  client: Client,
  options: SubscribeOptions,
): AsyncGenerator<Update, void> {
  const feed = new Subscription(client, options);
  while (!options.signal?.aborted) {
    let failure: Failure;
    try {
      yield* feed.follow();
      failure = new Failure(codes.UNAVAILABLE, "the daemon ended the stream early");
    } catch (error) {
      failure = Failure.of(error);
    }
    if (options.signal?.aborted) return;
    await wait(feed.delayAfter(failure), options.signal);
  }
}

class Subscription {
  private readonly patience: Patience;
  private start: StartPoint;
  private token: string;
  private epoch = "";
  private told = 0; // Position of the last event told, in this epoch.
  private lost = false;
  private retryAfter: number | undefined;

  constructor(
    private readonly client: Client,
    private readonly options: SubscribeOptions,
  ) {
    this.patience = new Patience(client.options.retry);
    this.start = startPoints[options.start ?? "now"];
    this.token = options.resumeToken ?? "";
  }

  /** One stream. */
  async *follow(): AsyncGenerator<Update, void> {
    this.retryAfter = undefined;
    const metadata = await this.client.metadata();
    const stream = this.client.alerts.subscribeAlerts(this.request(), metadata);
    const hangUp = () => stream.cancel();
    this.options.signal?.addEventListener("abort", hangUp);
    try {
      for await (const message of stream) {
        const update = this.take(message as SubscribeAlertsResponse);
        if (update.events.length > 0 || update.token) yield update;
      }
    } finally {
      this.options.signal?.removeEventListener("abort", hangUp);
      stream.on("error", () => {}); // Cancelled by us: nobody waits for it any more.
      stream.cancel();
    }
  }

  /** Milliseconds until the next stream; throws when there is none. */
  delayAfter(failure: Failure): number {
    if (failure.code === codes.OUT_OF_RANGE) return this.goOnAfterGap(failure);
    const retryIn = this.patience.afterFailure(this.retryAfter ?? failure.retryAfter);
    if (!failure.mayTryAgain || retryIn === undefined) throw failure;
    this.lost = true;
    this.options.onNotice?.({ kind: "lost", failure, retryIn });
    return retryIn;
  }

  private request(): SubscribeAlertsRequest {
    const { heartbeat, selector } = this.options;
    return SubscribeAlertsRequest.fromPartial({
      ...(this.token ? { resumeToken: this.token } : { startPoint: this.start }),
      selector,
      clientId: this.client.options.clientId,
      heartbeatInterval: heartbeat && {
        seconds: Math.floor(heartbeat / 1000),
        nanos: Math.round((heartbeat % 1000) * 1e6),
      } || undefined,
    });
  }

  private take(message: SubscribeAlertsResponse): Update {
    this.patience.contact();
    if (message.started) this.begin(message.started);
    if (message.end) this.retryAfter = toMilliseconds(message.end.retryAfter);
    const events = message.events.filter((event) => this.isNew(event));
    const token = message.resumeToken;
    if (events.length > 0 || token) this.patience.progress();
    if (token) this.token = token;
    return { events, token, caughtUp: message.caughtUp !== undefined };
  }

  private begin(started: SubscriptionStarted): void {
    if (started.epoch !== this.epoch) {
      this.epoch = started.epoch;
      this.told = 0;
    }
    this.options.onNotice?.({ kind: this.lost ? "resumed" : "connected", started });
    this.lost = false;
  }

  /** A stream that broke between two messages of one article is resumed before that article. */
  private isNew(event: AlertEvent): boolean {
    if (event.change === AlertEvent_Change.CHANGE_SNAPSHOT) return true;
    const fresh = event.position > this.told;
    this.told = Math.max(this.told, event.position);
    return fresh;
  }

  private goOnAfterGap(failure: Failure): number {
    const onGap = this.options.onGap ?? "stop";
    const oldest = failure.metadata["oldestToken"] ?? "";
    // Without progress in between, the way out did not lead out: stop, do not go in circles.
    const retryIn = this.patience.afterFailure();
    if (onGap === "stop" || retryIn === undefined || (onGap === "oldest" && !oldest)) throw failure;
    this.told = 0;
    this.token = onGap === "oldest" ? oldest : "";
    this.start = StartPoint.START_POINT_SNAPSHOT;
    this.options.onNotice?.({ kind: "gap", failure, retryIn });
    return retryIn;
  }
}
