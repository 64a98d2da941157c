package claimwatch;

import claimwatch.v1.AlertEvent;
import claimwatch.v1.SubscribeAlertsRequest;
import claimwatch.v1.SubscribeAlertsRequest.StartPoint;
import claimwatch.v1.SubscribeAlertsResponse;
import claimwatch.v1.SubscriptionStarted;
import io.grpc.Context;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The feed of alerts as one unbroken sequence, over any number of connections. One thread calls
 * next(); close() may come from any, and ends next() with CANCELLED.
 */
public final class AlertSubscription implements AutoCloseable {
  /**
   * A piece of the feed.
   *
   * @param events may be empty: then only the place has moved on
   * @param token resumes after all of them; empty while more events of the same article follow
   * @param caughtUp all that was committed when the stream began has been told
   */
  public record Update(List<AlertEvent> events, String token, boolean caughtUp) {}

  /** What happened to the connection. GAP: events are gone for good; it goes on without them. */
  public enum NoticeKind {
    CONNECTED,
    RESUMED,
    LOST,
    GAP
  }

  /**
   * @param started of CONNECTED and RESUMED, else null
   * @param failure of LOST and GAP, else null
   */
  public record Notice(
      NoticeKind kind, SubscriptionStarted started, ClaimwatchException failure, Duration retryIn) {}

  private final ClaimwatchClient client;
  private final SubscribeOptions options;
  private final Patience patience;
  private final Context.CancellableContext life = Context.current().withCancellation();
  private Context.CancellableContext call; // Of stream.
  private Iterator<SubscribeAlertsResponse> stream; // Null between streams.
  private String token;
  private String epoch = "";
  private long told; // Position of the last event told, in this epoch.
  private boolean lost;
  private Duration retryAfter;

  AlertSubscription(ClaimwatchClient client, SubscribeOptions options) {
    this.client = client;
    this.options = options;
    this.patience = new Patience(client.retry());
    this.token = options.resumeToken;
  }

  /** The last one received. Empty: none yet. */
  public String token() {
    return token;
  }

  @Override
  public void close() {
    life.cancel(null);
  }

  /**
   * Waits for the next update: events in order, none twice and none left out.
   *
   * @throws ClaimwatchException at the end: OUT_OF_RANGE at a gap, UNAVAILABLE when the retry policy
   *     gives up, CANCELLED after close(), or what the daemon finds wrong with the request
   */
  public Update next() throws InterruptedException {
    while (true) {
      try {
        if (stream == null) {
          open();
        }
        if (!stream.hasNext()) {
          throw new ClaimwatchException(
              Status.Code.UNAVAILABLE, "the daemon ended the stream early");
        }
        Optional<Update> update = take(stream.next());
        if (update.isPresent()) {
          return update.get();
        }
      } catch (RuntimeException error) {
        recover(ClaimwatchException.of(error));
      }
    }
  }

  private void open() {
    SubscribeAlertsRequest.Builder request =
        SubscribeAlertsRequest.newBuilder()
            .setSelector(options.selector)
            .setClientId(client.clientId())
            .setHeartbeatInterval(
                com.google.protobuf.Duration.newBuilder()
                    .setSeconds(options.heartbeat.getSeconds())
                    .setNanos(options.heartbeat.getNano()));
    if (token.isEmpty()) {
      request.setStartPoint(options.start);
    } else {
      request.setResumeToken(token);
    }
    retryAfter = null;
    call = life.withCancellation();
    Context before = call.attach();
    try {
      stream = client.alerts().subscribeAlerts(request.build());
    } finally {
      call.detach(before);
    }
  }

  private Optional<Update> take(SubscribeAlertsResponse message) {
    patience.contact();
    if (message.hasStarted()) {
      begin(message.getStarted());
    }
    if (message.hasEnd()) {
      retryAfter = ClaimwatchException.toDuration(message.getEnd().getRetryAfter());
    }
    List<AlertEvent> events = new ArrayList<>(message.getEventsCount());
    for (AlertEvent event : message.getEventsList()) {
      if (isNew(event)) {
        events.add(event);
      }
    }
    if (events.isEmpty() && message.getResumeToken().isEmpty()) {
      return Optional.empty();
    }
    patience.progress();
    if (!message.getResumeToken().isEmpty()) {
      token = message.getResumeToken();
    }
    return Optional.of(new Update(events, message.getResumeToken(), message.hasCaughtUp()));
  }

  private void begin(SubscriptionStarted started) {
    if (!started.getEpoch().equals(epoch)) {
      epoch = started.getEpoch();
      told = 0;
    }
    NoticeKind kind = lost ? NoticeKind.RESUMED : NoticeKind.CONNECTED;
    lost = false;
    options.onNotice.accept(new Notice(kind, started, null, Duration.ZERO));
  }

  /** A stream that broke between two messages of one article is resumed before that article. */
  private boolean isNew(AlertEvent event) {
    if (event.getChange() == AlertEvent.Change.CHANGE_SNAPSHOT) {
      return true;
    }
    boolean fresh = event.getPosition() > told;
    told = Math.max(told, event.getPosition());
    return fresh;
  }

  /** Closes the broken stream and waits for the time of the next one, or throws the end. */
  private void recover(ClaimwatchException failure) throws InterruptedException {
    call.cancel(null);
    stream = null;
    if (life.isCancelled()) {
      throw new ClaimwatchException(Status.Code.CANCELLED, "closed");
    }
    if (failure.code() == Status.Code.OUT_OF_RANGE) {
      goOnAfterGap(failure);
      return;
    }
    Duration least = retryAfter != null ? retryAfter : failure.retryAfter().orElse(Duration.ZERO);
    Optional<Duration> delay = patience.afterFailure(least);
    if (!failure.mayTryAgain() || delay.isEmpty()) {
      throw failure;
    }
    lost = true;
    options.onNotice.accept(new Notice(NoticeKind.LOST, null, failure, delay.get()));
    Thread.sleep(delay.get().toMillis());
    client.reconnectNow(); // The channel's own delays must not come on top of ours.
  }

  private void goOnAfterGap(ClaimwatchException failure) throws InterruptedException {
    String oldest = failure.metadata().getOrDefault("oldestToken", "");
    // Without progress in between, the way out did not lead out: stop, do not go in circles.
    Optional<Duration> delay = patience.afterFailure(Duration.ZERO);
    boolean nowhere = options.onGap == SubscribeOptions.OnGap.OLDEST && oldest.isEmpty();
    if (options.onGap == SubscribeOptions.OnGap.STOP || nowhere || delay.isEmpty()) {
      throw failure;
    }
    told = 0;
    token = options.onGap == SubscribeOptions.OnGap.OLDEST ? oldest : "";
    options.start = StartPoint.START_POINT_SNAPSHOT;
    options.onNotice.accept(new Notice(NoticeKind.GAP, null, failure, delay.get()));
    Thread.sleep(delay.get().toMillis());
  }
}
