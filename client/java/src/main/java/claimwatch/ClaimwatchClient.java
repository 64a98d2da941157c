package claimwatch;

import claimwatch.v1.AdminServiceGrpc;
import claimwatch.v1.AlertServiceGrpc;
import claimwatch.v1.ArticleServiceGrpc;
import claimwatch.v1.ClaimServiceGrpc;
import claimwatch.v1.Receipt;
import claimwatch.v1.StoryServiceGrpc;
import io.grpc.CallCredentials;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.AbstractStub;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A client of Claimwatch: follows alerts and sends articles; reconnects, resumes and retries by
 * itself. Thread-safe. Errors are {@link ClaimwatchException}; the messages are in claimwatch.v1,
 * generated from proto/.
 */
public final class ClaimwatchClient implements AutoCloseable {
  private static final int MESSAGE_BYTES_MAX = 16 << 20;
  private static final Duration CALL_MAX = Duration.ofSeconds(30);

  /** How to reach the daemon. Credentials are gRPC's own: TlsChannelCredentials for TLS. */
  public static final class Options {
    private ChannelCredentials credentials = InsecureChannelCredentials.create();
    private Supplier<String> token;
    private String clientId = "";
    private RetryPolicy retry = RetryPolicy.DEFAULT;

    public Options credentials(ChannelCredentials credentials) {
      this.credentials = credentials;
      return this;
    }

    /** Asked at every call, and sent as "authorization: Bearer …". */
    public Options token(Supplier<String> token) {
      this.token = token;
      return this;
    }

    /** In the daemon's logs: printable ASCII, at most 128 bytes. */
    public Options clientId(String clientId) {
      this.clientId = clientId;
      return this;
    }

    public Options retry(RetryPolicy retry) {
      this.retry = retry;
      return this;
    }
  }

  private final ManagedChannel channel;
  private final Options options;

  /** Does not wait for the daemon: the first call does. */
  public ClaimwatchClient(String target, Options options) {
    this.options = options;
    this.channel =
        Grpc.newChannelBuilder(target, options.credentials)
            .keepAliveTime(30, TimeUnit.SECONDS)
            .keepAliveTimeout(20, TimeUnit.SECONDS)
            .maxInboundMessageSize(MESSAGE_BYTES_MAX)
            .build();
  }

  public ClaimwatchClient(String target) {
    this(target, new Options());
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  /** Follows the alerts. No call is made before the first next(). */
  public AlertSubscription subscribe(SubscribeOptions subscription) {
    return new AlertSubscription(this, subscription);
  }

  /** Takes from a named subscription. No call is made before the first next(). */
  public AlertConsumer consume(String subscriptionId) {
    return consume(subscriptionId, Duration.ofSeconds(30), (failure, retryIn) -> {});
  }

  /**
   * @param heartbeat after which the daemon says that it lives, though nothing happened
   * @param onLost called by next() when the connection is lost
   */
  public AlertConsumer consume(
      String subscriptionId, Duration heartbeat, BiConsumer<ClaimwatchException, Duration> onLost) {
    return new AlertConsumer(this, subscriptionId, heartbeat, onLost);
  }

  /** Begins a session of articles; `onReceipt` hears of each, in order, when it is durable. */
  public ArticleSender ingest(IngestOptions ingest, Consumer<Receipt> onReceipt) {
    return new ArticleSender(this, ingest, onReceipt);
  }

  public ArticleServiceGrpc.ArticleServiceBlockingStub articles() {
    return authorized(ArticleServiceGrpc.newBlockingStub(channel));
  }

  public ClaimServiceGrpc.ClaimServiceBlockingStub claims() {
    return authorized(ClaimServiceGrpc.newBlockingStub(channel));
  }

  public StoryServiceGrpc.StoryServiceBlockingStub stories() {
    return authorized(StoryServiceGrpc.newBlockingStub(channel));
  }

  public AlertServiceGrpc.AlertServiceBlockingStub alerts() {
    return authorized(AlertServiceGrpc.newBlockingStub(channel));
  }

  public AdminServiceGrpc.AdminServiceBlockingStub admin() {
    return authorized(AdminServiceGrpc.newBlockingStub(channel));
  }

  ArticleServiceGrpc.ArticleServiceStub articlesAsync() {
    return authorized(ArticleServiceGrpc.newStub(channel));
  }

  /**
   * One unary call, made again for as long as the retry policy has it:
   *
   * <pre>client.call(client.stories(), stub -> stub.getStory(request))</pre>
   *
   * Not for backUp: a second try finds the name taken if the first had succeeded.
   */
  public <S extends AbstractStub<S>, T> T call(S stub, Function<S, T> method)
      throws InterruptedException {
    return call(stub, method, new Patience(options.retry));
  }

  <S extends AbstractStub<S>, T> T call(S stub, Function<S, T> method, Patience patience)
      throws InterruptedException {
    while (true) {
      try {
        return method.apply(stub.withDeadlineAfter(CALL_MAX.toMillis(), TimeUnit.MILLISECONDS));
      } catch (RuntimeException error) {
        ClaimwatchException failure = ClaimwatchException.of(error);
        Optional<Duration> delay =
            patience.afterFailure(failure.retryAfter().orElse(Duration.ZERO));
        if (!failure.mayTryAgain() || delay.isEmpty()) {
          throw failure;
        }
        Thread.sleep(delay.get().toMillis());
        channel.resetConnectBackoff(); // When to try again is decided by Patience alone.
      }
    }
  }

  RetryPolicy retry() {
    return options.retry;
  }

  String clientId() {
    return options.clientId;
  }

  void reconnectNow() {
    channel.resetConnectBackoff();
  }

  private <S extends AbstractStub<S>> S authorized(S stub) {
    return options.token == null ? stub : stub.withCallCredentials(new Bearer(options.token));
  }

  private static final class Bearer extends CallCredentials {
    private static final Metadata.Key<String> AUTHORIZATION =
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private final Supplier<String> token;

    Bearer(Supplier<String> token) {
      this.token = token;
    }

    @Override
    public void applyRequestMetadata(RequestInfo info, Executor executor, MetadataApplier applier) {
      executor.execute(
          () -> {
            try {
              Metadata headers = new Metadata();
              headers.put(AUTHORIZATION, "Bearer " + token.get());
              applier.apply(headers);
            } catch (RuntimeException error) {
              applier.fail(Status.UNAUTHENTICATED.withCause(error).withDescription("no token"));
            }
          });
    }
  }
}
