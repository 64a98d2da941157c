// Articles out, receipts back, over any number of connections.
import { type ClientDuplexStream, status as codes } from "@grpc/grpc-js";
import {
  Article,
  IngestArticlesRequest,
  type IngestArticlesResponse,
  type Receipt,
} from "../gen/claimwatch/v1/article.js";
import type { Client } from "./client.js";
import { Failure, toMilliseconds } from "./failure.js";
import { Patience, wait } from "./retry.js";

export interface IngestOptions {
  /** Receipts carry the claims, */
  returnClaims?: boolean;
  /** and the alerts opened. */
  returnAlerts?: boolean;
  /** Called when a connection is lost: `toResend` articles have no receipt yet. */
  onLost?: (failure: Failure, retryIn: number, toResend: number) => void;
}

type Stream = ClientDuplexStream<IngestArticlesRequest, IngestArticlesResponse>;

const batchArticlesMax = 16;
const batchBytesMax = 1 << 20; // An article that is larger goes alone.
const inflightArticlesMax = 256;

/**
 * What was sent without an answer when a stream ended goes out again on the next one: safe, since
 * the daemon knows an article by its id and content.
 */
export async function* ingest(
  client: Client,
  articles: Iterable<Article> | AsyncIterable<Article>,
  options: IngestOptions,
): AsyncGenerator<Receipt, void> {
  const session = new Session(client, options);
  const reading = session.read(articles);
  try {
    while (await session.waitForWork()) {
      let failure: Failure;
      try {
        yield* session.runStream();
        failure = new Failure(codes.UNAVAILABLE, "the daemon ended the stream early");
      } catch (error) {
        failure = Failure.of(error);
      }
      await session.waitAfter(failure);
    }
    await reading; // The caller's own error, where the articles ended with one.
  } finally {
    session.close();
  }
}

class Session {
  private readonly patience: Patience;
  private readonly unanswered: Article[] = [];
  private sent = 0; // Of these, on the stream of now.
  private count = 0;
  private exhausted = false;
  private closed = false;
  private stream: Stream | undefined;
  private retryAfter: number | undefined;
  private waiting: (() => void)[] = [];

  constructor(
    private readonly client: Client,
    private readonly options: IngestOptions,
  ) {
    this.patience = new Patience(client.options.retry);
  }

  /** Takes the articles in; waits while too many have no receipt. */
  async read(articles: Iterable<Article> | AsyncIterable<Article>): Promise<void> {
    try {
      for await (const article of articles) {
        while (!this.closed && this.unanswered.length >= inflightArticlesMax) await this.change();
        if (this.closed) return;
        this.unanswered.push(article);
        this.changed();
      }
    } finally {
      this.exhausted = true;
      this.changed();
    }
  }

  close(): void {
    this.closed = true;
    this.changed();
  }

  async waitForWork(): Promise<boolean> {
    while (this.unanswered.length === 0 && !this.exhausted) await this.change();
    return this.unanswered.length > 0;
  }

  async *runStream(): AsyncGenerator<Receipt, void> {
    const stream: Stream = this.client.articles.ingestArticles(await this.client.metadata());
    this.stream = stream;
    this.sent = 0;
    this.retryAfter = undefined;
    const writing = this.write(stream);
    try {
      for await (const message of stream) {
        const response = message as IngestArticlesResponse;
        this.patience.contact();
        if (response.end) this.retryAfter = toMilliseconds(response.end.retryAfter);
        for (const receipt of response.receipts) yield this.take(receipt);
      }
    } finally {
      this.stream = undefined;
      this.changed();
      stream.on("error", () => {}); // Told above; or cancelled by us, and nobody waits for it.
      stream.cancel();
      await writing;
    }
  }

  async waitAfter(failure: Failure): Promise<void> {
    if (this.unanswered.length === 0) return; // However the stream ended: all is in.
    const retryIn = this.patience.afterFailure(this.retryAfter ?? failure.retryAfter);
    if (!failure.mayTryAgain || retryIn === undefined) throw failure;
    this.options.onLost?.(failure, retryIn, this.unanswered.length);
    await wait(retryIn);
  }

  private take(receipt: Receipt): Receipt {
    const asked = this.sent > 0 ? this.unanswered[0] : undefined;
    if (!asked || (receipt.articleId && receipt.articleId !== asked.articleId)) {
      throw new Failure(
        codes.INTERNAL,
        `the daemon sent a receipt out of order: ${receipt.articleId}`,
      );
    }
    this.patience.progress();
    this.unanswered.shift();
    this.sent--;
    this.changed();
    return { ...receipt, index: this.count++ };
  }

  private async write(stream: Stream): Promise<void> {
    const { returnClaims, returnAlerts } = this.options;
    const { clientId } = this.client.options;
    stream.write(
      IngestArticlesRequest.fromPartial({ options: { clientId, returnClaims, returnAlerts } }),
    );
    for (;;) {
      while (this.stream === stream && this.sent === this.unanswered.length && !this.exhausted) {
        await this.change();
      }
      if (this.stream !== stream) return;
      if (this.sent === this.unanswered.length) break;
      stream.write(this.nextBatch());
    }
    stream.end();
  }

  private nextBatch(): IngestArticlesRequest {
    const articles: Article[] = [];
    for (let bytes = 0; this.sent < this.unanswered.length; this.sent++) {
      const article = this.unanswered[this.sent]!;
      bytes += article.title.length + 3 * article.body.length; // At most, in UTF-8.
      const full = articles.length === batchArticlesMax || bytes > batchBytesMax;
      if (articles.length > 0 && full) break;
      articles.push(article);
    }
    return IngestArticlesRequest.fromPartial({ articles });
  }

  private change(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private changed(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }
}
