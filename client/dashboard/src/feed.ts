// The live feed: what is known of alerts, and how well it is known.
//
// A subscription begins with a snapshot of the open alerts and goes on with every event; lists fill
// in the earlier ones. Alerts are kept by id and replaced by what has a later position, so that it
// does not matter in which order the two arrive. A stream that ends is resumed by its last token;
// only where the daemon says that events are gone does it begin anew, and says so.
import { create } from '@bufbuild/protobuf';
import { durationFromMs, durationMs } from '@bufbuild/protobuf/wkt';
import { Code, ConnectError } from '@connectrpc/connect';
import { alerts as service, messageOf, needsToken, reasonOf } from './api';
import {
  AlertEvent_Change,
  AlertSelectorSchema,
  SubscribeAlertsRequest_StartPoint as StartPoint,
  type Alert,
  type Alert_Kind,
  type Alert_Severity,
  type SubscribeAlertsResponse,
} from './gen/claimwatch/v1/alert_pb';

export interface FeedFilter {
  kinds: Alert_Kind[];
  minSeverity: Alert_Severity;
  expression: string;
}

export type Connection =
  | { state: 'connecting' }
  | { state: 'live' }
  | { state: 'behind'; events: number }
  | { state: 'waiting'; why: string; until: number }
  | { state: 'refused'; why: string } // By what is wrong with the filter.
  | { state: 'locked'; why: string }; // Until there is a token.

const heartbeatMs = 5_000;
const silenceMsMax = 3 * heartbeatMs; // Longer, and the stream is taken for dead.
const waitMsMax = 15_000;
const historyMax = 5_000; // Earlier alerts that are fetched, whatever their state.
const keptMax = 20_000;

export class Feed {
  readonly alerts = new Map<string, Alert>();
  connection: Connection = { state: 'connecting' };
  note = ''; // Something that the reader should know of, once.
  position = 0n;
  head = 0n;
  fresh = new Set<string>(); // Alerts that came while the page was open.

  private readonly listeners = new Set<() => void>();
  private told = false;
  private abort = new AbortController();
  private token = '';
  private failures = 0;
  private readonly filter: FeedFilter;

  constructor(filter: FeedFilter) {
    this.filter = filter;
  }

  start(): void {
    void this.follow(this.abort.signal);
    addEventListener('online', this.hurry);
  }

  stop(): void {
    removeEventListener('online', this.hurry);
    this.abort.abort();
    this.listeners.clear();
  }

  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  // What this page has done itself, before the feed tells it.
  apply(alert: Alert): void {
    const known = this.alerts.get(alert.alertId);
    if (known !== undefined && known.position > alert.position) return;
    this.alerts.set(alert.alertId, alert);
    this.changed();
  }

  private wake: (() => void) | undefined;
  private readonly hurry = () => this.wake?.();

  private selector() {
    return create(AlertSelectorSchema, { kinds: this.filter.kinds, minSeverity: this.filter.minSeverity });
  }

  private async follow(stopped: AbortSignal): Promise<void> {
    while (!stopped.aborted) {
      let wait = 0;
      try {
        await this.subscribe(stopped);
      } catch (error) {
        if (stopped.aborted) return;
        if (!this.survives(error)) return;
        wait = this.waitAfter(error);
      }
      this.connection = { state: 'waiting', why: this.why, until: Date.now() + wait };
      this.changed();
      await this.sleep(wait);
    }
  }

  private why = '';

  // Whether trying again can help; sets what to tell.
  private survives(error: unknown): boolean {
    const told = ConnectError.from(error);
    this.why = messageOf(error);
    if (needsToken(error) || told.code === Code.PermissionDenied) {
      this.connection = { state: 'locked', why: this.why };
    } else if (told.code === Code.InvalidArgument && reasonOf(error) !== 'TOKEN_INVALID') {
      this.connection = { state: 'refused', why: this.why };
    } else {
      if (told.code === Code.OutOfRange || reasonOf(error) === 'TOKEN_INVALID') {
        this.token = '';
        this.alerts.clear();
        this.note = 'Events may have been missed: the daemon no longer holds them. The list was loaded anew.';
      }
      return true;
    }
    this.changed();
    return false;
  }

  private waitAfter(error: unknown): number {
    this.failures += 1;
    const reason = reasonOf(error);
    if (reason === 'STREAM_RECYCLED' || ConnectError.from(error).code === Code.OutOfRange) return 0;
    return Math.min(waitMsMax, 250 * 2 ** Math.min(this.failures, 7)) * (0.8 + 0.4 * Math.random());
  }

  private sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private async subscribe(stopped: AbortSignal): Promise<void> {
    const call = new AbortController();
    stopped.addEventListener('abort', () => call.abort(), { once: true });
    let silence: ReturnType<typeof setTimeout> | undefined;
    const listen = () => {
      clearTimeout(silence);
      silence = setTimeout(() => call.abort(new Error('the daemon has fallen silent')), silenceMsMax);
    };
    listen();
    const start =
      this.token === ''
        ? { case: 'startPoint' as const, value: StartPoint.SNAPSHOT }
        : { case: 'resumeToken' as const, value: this.token };
    const stream = service.subscribeAlerts(
      {
        start,
        selector: this.selector(),
        filter: this.filter.expression,
        heartbeatInterval: durationFromMs(heartbeatMs),
        clientId: 'dashboard',
      },
      { signal: call.signal },
    );
    try {
      for await (const message of stream) {
        listen();
        this.take(message, stopped);
      }
    } finally {
      clearTimeout(silence);
      call.abort();
    }
  }

  private take(message: SubscribeAlertsResponse, stopped: AbortSignal): void {
    if (message.started !== undefined) {
      this.failures = 0;
      this.head = message.started.headPosition;
      if (this.token === '') void this.loadHistory(stopped);
    }
    for (const event of message.events) {
      if (event.alert === undefined) continue;
      const known = this.alerts.get(event.alert.alertId);
      if (known !== undefined && known.position > event.alert.position) continue;
      this.alerts.set(event.alert.alertId, event.alert);
      if (event.change === AlertEvent_Change.OPENED && this.connection.state === 'live') {
        this.fresh.add(event.alert.alertId);
      }
    }
    if (message.resumeToken !== '') this.token = message.resumeToken;
    if (message.position > this.position) this.position = message.position;
    if (this.position > this.head) this.head = this.position;
    this.trim();
    this.connection =
      this.position < this.head
        ? { state: 'behind', events: Number(this.head - this.position) }
        : { state: 'live' };
    if (message.end?.retryAfter !== undefined && durationMs(message.end.retryAfter) > 0) {
      this.why = message.end.detail;
    }
    this.changed();
  }

  // Earlier alerts, also those that are no longer open; beside the stream.
  private async loadHistory(stopped: AbortSignal): Promise<void> {
    let pageToken = '';
    let count = 0;
    try {
      do {
        const page = await service.listAlerts(
          { pageSize: 500, pageToken, selector: this.selector(), filter: this.filter.expression },
          { signal: stopped },
        );
        for (const alert of page.alerts) this.apply(alert);
        count += page.alerts.length;
        pageToken = page.nextPageToken;
      } while (pageToken !== '' && count < historyMax);
    } catch (error) {
      if (!stopped.aborted) this.note = `Earlier alerts could not be loaded: ${messageOf(error)}.`;
      this.changed();
    }
  }

  // The oldest go when there are too many to keep in a page.
  private trim(): void {
    for (const id of this.alerts.keys()) {
      if (this.alerts.size <= keptMax) return;
      this.alerts.delete(id);
    }
  }

  // Once a frame, however many messages came.
  private changed(): void {
    if (this.told) return;
    this.told = true;
    setTimeout(() => {
      this.told = false;
      for (const listener of this.listeners) listener();
    }, 16);
  }
}
