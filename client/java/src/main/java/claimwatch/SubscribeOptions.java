package claimwatch;

import claimwatch.v1.AlertSelector;
import claimwatch.v1.SubscribeAlertsRequest.StartPoint;
import java.time.Duration;
import java.util.function.Consumer;

/** What to follow, and from where. By default: everything from now on. */
public final class SubscribeOptions {
  /** What to do when events after the token are gone for good. */
  public enum OnGap {
    /** next() throws the OUT_OF_RANGE; its metadata has oldestToken. */
    STOP,
    /** Go on with the oldest event held. */
    OLDEST,
    /** Go on with a snapshot of the open alerts. */
    SNAPSHOT
  }

  StartPoint start = StartPoint.START_POINT_NOW;
  String resumeToken = "";
  AlertSelector selector = AlertSelector.getDefaultInstance();
  Duration heartbeat = Duration.ofSeconds(30);
  OnGap onGap = OnGap.STOP;
  Consumer<AlertSubscription.Notice> onNotice = notice -> {};

  public static SubscribeOptions from(StartPoint start) {
    SubscribeOptions options = new SubscribeOptions();
    options.start = start;
    return options;
  }

  /** With the last token that an earlier subscription gave. */
  public static SubscribeOptions resume(String token) {
    SubscribeOptions options = new SubscribeOptions();
    options.resumeToken = token;
    return options;
  }

  public SubscribeOptions selector(AlertSelector selector) {
    this.selector = selector;
    return this;
  }

  /** After which the daemon says where it stands, though nothing happened. */
  public SubscribeOptions heartbeat(Duration heartbeat) {
    this.heartbeat = heartbeat;
    return this;
  }

  public SubscribeOptions onGap(OnGap onGap) {
    this.onGap = onGap;
    return this;
  }

  /** Called by next() when the connection comes, goes or leaves a gap. */
  public SubscribeOptions onNotice(Consumer<AlertSubscription.Notice> onNotice) {
    this.onNotice = onNotice;
    return this;
  }
}
