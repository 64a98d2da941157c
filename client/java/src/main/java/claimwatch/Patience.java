package claimwatch;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** Follows one conversation through its outages. Not thread-safe. */
final class Patience {
  private final RetryPolicy policy;
  private final LongSupplier nanoTime;
  private final DoubleSupplier chance;
  private boolean contacted;
  private int failures;
  private long since;

  Patience(RetryPolicy policy) {
    this(policy, System::nanoTime, () -> ThreadLocalRandom.current().nextDouble());
  }

  Patience(RetryPolicy policy, LongSupplier nanoTime, DoubleSupplier chance) {
    this.policy = policy;
    this.nanoTime = nanoTime;
    this.chance = chance;
  }

  /** The daemon answered something. */
  void contact() {
    contacted = true;
  }

  /** The conversation got on: an outage, if there was one, is over. */
  void progress() {
    contacted = true;
    failures = 0;
  }

  /** How long to wait before the next try, at least `least`. Empty: give up. */
  Optional<Duration> afterFailure(Duration least) {
    long now = nanoTime.getAsLong();
    if (failures == 0) {
      since = now;
    }
    double doubled = policy.delayMin().toNanos() * Math.pow(2, Math.min(failures++, 30));
    double full = Math.min(policy.delayMax().toNanos(), doubled);
    Duration delay = Duration.ofNanos((long) (full * (0.5 + 0.5 * chance.getAsDouble())));
    if (delay.compareTo(least) < 0) {
      delay = least;
    }
    Duration longest = contacted ? policy.outageMax() : policy.firstContactMax();
    boolean patient = delay.plusNanos(now - since).compareTo(longest) <= 0;
    return patient ? Optional.of(delay) : Optional.empty();
  }
}
