package claimwatch;

import claimwatch.v1.AlertEvent;
import claimwatch.v1.ConsumeAlertsRequest;
import claimwatch.v1.ConsumeAlertsResponse;
import claimwatch.v1.SettleAlertsRequest;
import io.grpc.Context;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import java.util.Queue;
import java.util.function.BiConsumer;

/**
 * Takes from a named subscription: the daemon keeps the place, and an event comes until it is settled;
 * each at least once, over any number of connections. One thread calls next(); close() may come from
 * any, and ends next() with CANCELLED. Deliveries may be settled from any thread.
 */
public final class AlertConsumer implements AutoCloseable {
  /**
   * One event, to be settled: done (ack), not done (retry: it comes again), not doable (park). What is
   * not settled before the lease ends comes again.
   */
  public final class Delivery {
    private final claimwatch.v1.Delivery delivery;

    private Delivery(claimwatch.v1.Delivery delivery) {
      this.delivery = delivery;
    }

    public AlertEvent event() {
      return delivery.getEvent();
    }

    /** Which delivery of it this is, from 1. */
    public int count() {
      return delivery.getDeliveryCount();
    }

    public void ack() throws InterruptedException {
      settle(SettleAlertsRequest.newBuilder().addAckPositions(event().getPosition()));
    }

    public void retry(String note) throws InterruptedException {
      settle(
          SettleAlertsRequest.newBuilder().addRetryPositions(event().getPosition()).setNote(note));
    }

    public void park(String note) throws InterruptedException {
      settle(
          SettleAlertsRequest.newBuilder().addParkPositions(event().getPosition()).setNote(note));
    }

    /** The lease begins anew now. */
    public void extend() throws InterruptedException {
      settle(SettleAlertsRequest.newBuilder().addExtendPositions(event().getPosition()));
    }
  }

  private final ClaimwatchClient client;
  private final String subscriptionId;
  private final Duration heartbeat;
  private final BiConsumer<ClaimwatchException, Duration> onLost;
  private final Patience patience;
  private final Queue<claimwatch.v1.Delivery> waiting = new ArrayDeque<>();
  private final Context.CancellableContext life = Context.current().withCancellation();
  private Context.CancellableContext call; // Of stream.
  private Iterator<ConsumeAlertsResponse> stream; // Null between streams.
  private Duration retryAfter;

  AlertConsumer(
      ClaimwatchClient client,
      String subscriptionId,
      Duration heartbeat,
      BiConsumer<ClaimwatchException, Duration> onLost) {
    this.client = client;
    this.subscriptionId = subscriptionId;
    this.heartbeat = heartbeat;
    this.onLost = onLost;
    this.patience = new Patience(client.retry());
  }

  @Override
  public void close() {
    life.cancel(null);
  }

  /**
   * Waits for the next delivery.
   *
   * @throws ClaimwatchException at the end: NOT_FOUND, OUT_OF_RANGE when retention was faster,
   *     UNAVAILABLE when the retry policy gives up, CANCELLED after close()
   */
  public Delivery next() throws InterruptedException {
    while (waiting.isEmpty()) {
      try {
        if (stream == null) {
          open();
        }
        if (!stream.hasNext()) {
          throw new ClaimwatchException(
              Status.Code.UNAVAILABLE, "the daemon ended the stream early");
        }
        ConsumeAlertsResponse message = stream.next();
        patience.progress();
        if (message.hasEnd()) {
          retryAfter = ClaimwatchException.toDuration(message.getEnd().getRetryAfter());
        }
        waiting.addAll(message.getDeliveriesList());
      } catch (RuntimeException error) {
        recover(ClaimwatchException.of(error));
      }
    }
    return new Delivery(waiting.remove());
  }

  /** Settles several at once; the subscription is filled in. */
  public void settle(SettleAlertsRequest.Builder request) throws InterruptedException {
    SettleAlertsRequest settled = request.setSubscriptionId(subscriptionId).build();
    Patience outage = new Patience(client.retry());
    outage.contact(); // The deliveries came from there: this is an outage, if it is one.
    client.call(client.alerts(), stub -> stub.settleAlerts(settled), outage);
  }

  private void open() {
    ConsumeAlertsRequest request =
        ConsumeAlertsRequest.newBuilder()
            .setSubscriptionId(subscriptionId)
            .setClientId(client.clientId())
            .setHeartbeatInterval(
                com.google.protobuf.Duration.newBuilder()
                    .setSeconds(heartbeat.getSeconds())
                    .setNanos(heartbeat.getNano()))
            .build();
    retryAfter = null;
    call = life.withCancellation();
    Context before = call.attach();
    try {
      stream = client.alerts().consumeAlerts(request);
    } finally {
      call.detach(before);
    }
  }

  /** Closes the broken stream and waits for the time of the next one, or throws the end. */
  private void recover(ClaimwatchException failure) throws InterruptedException {
    call.cancel(null);
    stream = null;
    if (life.isCancelled()) {
      throw new ClaimwatchException(Status.Code.CANCELLED, "closed");
    }
    Duration least = retryAfter != null ? retryAfter : failure.retryAfter().orElse(Duration.ZERO);
    Optional<Duration> delay = patience.afterFailure(least);
    boolean hopeless = !failure.mayTryAgain() || failure.code() == Status.Code.OUT_OF_RANGE;
    if (hopeless || delay.isEmpty()) {
      throw failure;
    }
    onLost.accept(failure, delay.get());
    Thread.sleep(delay.get().toMillis());
    client.reconnectNow(); // The channel's own delays must not come on top of ours.
  }
}
