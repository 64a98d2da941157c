// A named subscription: the daemon keeps the place, and an event comes until it is settled.
import { status as codes } from "@grpc/grpc-js";
import {
  type AlertEvent,
  ConsumeAlertsRequest,
  type ConsumeAlertsResponse,
  type Delivery as WireDelivery,
  SettleAlertsRequest,
} from "../gen/claimwatch/v1/alert.js";
import type { Client } from "./client.js";
import { Failure, toMilliseconds } from "./failure.js";
import { Patience, wait } from "./retry.js";

export interface ConsumeOptions {
  /** Milliseconds after which the daemon says that it lives, though nothing happened. */
  heartbeat?: number;
  onLost?: (failure: Failure, retryIn: number) => void;
  /** Ends it. */
  signal?: AbortSignal;
}

/**
 * One event, to be settled: done (ack), not done (retry: it comes again), not doable (park). What is
 * not settled before the lease ends comes again.
 */
export class Delivery {
  readonly event: AlertEvent;
  /** Which delivery of it this is, from 1. */
  readonly count: number;
  /** By the daemon's clock. */
  readonly leaseEndTime: Date | undefined;

  constructor(
    private readonly client: Client,
    private readonly subscriptionId: string,
    { event, deliveryCount, leaseEndTime }: WireDelivery,
  ) {
    this.event = event!;
    this.count = deliveryCount;
    this.leaseEndTime = leaseEndTime;
  }

  ack(_note = ""): Promise<void> {
    return this.settle({ ackPositions: [this.event.position] });
  }

  retry(note = ""): Promise<void> {
    return this.settle({ retryPositions: [this.event.position], note });
  }

  park(note = ""): Promise<void> {
    return this.settle({ parkPositions: [this.event.position], note });
  }

  /** The lease begins anew now. */
  extend(): Promise<void> {
    return this.settle({ extendPositions: [this.event.position] });
  }

  private async settle(fields: Partial<SettleAlertsRequest>): Promise<void> {
    const request = SettleAlertsRequest.fromPartial({ subscriptionId: this.subscriptionId, ...fields });
    const patience = new Patience(this.client.options.retry);
    patience.contact(); // The delivery came from there: this is an outage, if it is one.
    const { alerts } = this.client;
    await this.client.call(alerts, alerts.settleAlerts, request, patience);
  }
}

export async function* consume(
  client: Client,
  subscriptionId: string,
  options: ConsumeOptions,
): AsyncGenerator<Delivery, void> {
  const patience = new Patience(client.options.retry);
  while (!options.signal?.aborted) {
    const told: { retryAfter?: number } = {};
    let failure: Failure;
    try {
      yield* follow(client, subscriptionId, options, patience, told);
      failure = new Failure(codes.UNAVAILABLE, "the daemon ended the stream early");
    } catch (error) {
      failure = Failure.of(error);
    }
    if (options.signal?.aborted) return;
    const retryIn = patience.afterFailure(told.retryAfter ?? failure.retryAfter);
    const hopeless = !failure.mayTryAgain || failure.code === codes.OUT_OF_RANGE;
    if (hopeless || retryIn === undefined) throw failure;
    options.onLost?.(failure, retryIn);
    await wait(retryIn, options.signal);
  }
}

/** One stream. */
async function* follow(
  client: Client,
  subscriptionId: string,
  { heartbeat, signal }: ConsumeOptions,
  patience: Patience,
  told: { retryAfter?: number },
): AsyncGenerator<Delivery, void> {
  const request = ConsumeAlertsRequest.fromPartial({
    subscriptionId,
    clientId: client.options.clientId,
    heartbeatInterval: heartbeat && {
      seconds: Math.floor(heartbeat / 1000),
      nanos: Math.round((heartbeat % 1000) * 1e6),
    } || undefined,
  });
  const stream = client.alerts.consumeAlerts(request, await client.metadata());
  const hangUp = () => stream.cancel();
  signal?.addEventListener("abort", hangUp);
  try {
    for await (const message of stream) {
      const { deliveries, end } = message as ConsumeAlertsResponse;
      patience.progress();
      if (end) told.retryAfter = toMilliseconds(end.retryAfter);
      for (const delivery of deliveries) yield new Delivery(client, subscriptionId, delivery);
    }
  } finally {
    signal?.removeEventListener("abort", hangUp);
    stream.on("error", () => {}); // Cancelled by us: nobody waits for it any more.
    stream.cancel();
  }
}
