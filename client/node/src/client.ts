// Client: where the daemon is, how to reach it, and its calls.
import {
  type CallOptions,
  ChannelCredentials,
  type ClientUnaryCall,
  credentials,
  Metadata,
  type ServiceError,
} from "@grpc/grpc-js";
import { AdminServiceClient } from "../gen/claimwatch/v1/admin.js";
import { AlertServiceClient } from "../gen/claimwatch/v1/alert.js";
import { type Article, ArticleServiceClient, type Receipt } from "../gen/claimwatch/v1/article.js";
import { ClaimServiceClient } from "../gen/claimwatch/v1/claim.js";
import { StoryServiceClient } from "../gen/claimwatch/v1/story.js";
import { consume, type ConsumeOptions, type Delivery } from "./consumer.js";
import { Failure } from "./failure.js";
import { ingest, type IngestOptions } from "./ingest.js";
import { Patience, type RetryPolicy, wait } from "./retry.js";
import { subscribe, type SubscribeOptions, type Update } from "./subscription.js";

export interface ClientOptions {
  /** credentials.createSsl(…) of @grpc/grpc-js for TLS. Without: no TLS, as on one machine. */
  credentials?: ChannelCredentials;
  /** Asked at every call, and sent as "authorization: Bearer …". */
  token?: () => string | Promise<string>;
  /** In the daemon's logs: printable ASCII, at most 128 bytes. */
  clientId?: string;
  retry?: Partial<RetryPolicy>;
}

type Unary<Request, Response> = (
  request: Request,
  metadata: Metadata,
  options: Partial<CallOptions>,
  callback: (error: ServiceError | null, response: Response) => void,
) => ClientUnaryCall;

const callMax = 30_000;
const channelOptions = {
  "grpc.keepalive_time_ms": 30_000,
  "grpc.keepalive_timeout_ms": 20_000,
  "grpc.max_receive_message_length": 16 << 20,
  // When to try again is decided in retry.ts; the channel must not be slower than that.
  "grpc.initial_reconnect_backoff_ms": 100,
  "grpc.max_reconnect_backoff_ms": 1000,
};

/** Holds a connection, made by the first call, and every stub of the contract. */
export class Client {
  readonly articles: ArticleServiceClient;
  readonly claims: ClaimServiceClient;
  readonly stories: StoryServiceClient;
  readonly alerts: AlertServiceClient;
  readonly admin: AdminServiceClient;

  constructor(
    target = "127.0.0.1:7411",
    readonly options: ClientOptions = {},
  ) {
    const trust = options.credentials ?? credentials.createInsecure();
    this.articles = new ArticleServiceClient(target, trust, channelOptions);
    const shared = { channelOverride: this.articles.getChannel() };
    this.claims = new ClaimServiceClient(target, trust, shared);
    this.stories = new StoryServiceClient(target, trust, shared);
    this.alerts = new AlertServiceClient(target, trust, shared);
    this.admin = new AdminServiceClient(target, trust, shared);
  }

  close(): void {
    this.articles.close();
  }

  /**
   * Follows the alerts: updates in order, none twice and none left out, until `options.signal` is
   * aborted or the loop is left. Throws Failure: OUT_OF_RANGE at a gap, UNAVAILABLE when the retry
   * policy gives up, or what the daemon finds wrong with the request.
   */
  subscribe(options: SubscribeOptions = {}): AsyncGenerator<Update, void> {
    return subscribe(this, options);
  }

  /**
   * Sends the articles; gives a receipt for each, in order, when it is durable. A bad article has
   * `receipt.error` (see Failure.ofStatus), and the rest goes on.
   */
  ingest(
    articles: Iterable<Article> | AsyncIterable<Article>,
    options: IngestOptions = {},
  ): AsyncGenerator<Receipt, void> {
    return ingest(this, articles, options);
  }

  /**
   * Takes from a named subscription: deliveries, each to be settled, over any number of connections and
   * each event at least once, until `options.signal` is aborted or the loop is left. Throws Failure:
   * NOT_FOUND, OUT_OF_RANGE when retention was faster, UNAVAILABLE when the retry policy gives up.
   */
  consume(subscriptionId: string, options: ConsumeOptions = {}): AsyncGenerator<Delivery, void> {
    return consume(this, subscriptionId, options);
  }

  /**
   * One unary call, made again for as long as the retry policy has it:
   *
   *     await client.call(client.stories, client.stories.getStory, GetStoryRequest.create({ storyId }));
   *
   * Not for backUp: a second try finds the name taken if the first had succeeded.
   */
  async call<Service, Request, Response>(
    service: Service,
    method: Unary<Request, Response>,
    request: Request,
    patience = new Patience(this.options.retry),
  ): Promise<Response> {
    for (;;) {
      try {
        const metadata = await this.metadata();
        return await new Promise<Response>((resolve, reject) => {
          const options = { deadline: Date.now() + callMax };
          method.call(service, request, metadata, options, (error, response) =>
            error ? reject(error) : resolve(response),
          );
        });
      } catch (error) {
        const failure = Failure.of(error);
        const delay = patience.afterFailure(failure.retryAfter);
        if (!failure.mayTryAgain || delay === undefined) throw failure;
        await wait(delay);
      }
    }
  }

  /** What goes with every call. */
  async metadata(): Promise<Metadata> {
    const metadata = new Metadata();
    if (this.options.token) {
      metadata.set("authorization", `Bearer ${await this.options.token()}`);
    }
    return metadata;
  }
}
