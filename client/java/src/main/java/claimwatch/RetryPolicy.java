package claimwatch;

import java.time.Duration;

/**
 * When to try again, and when to give up. Delays double from delayMin to delayMax, each cut by chance
 * to between half and all of it, so that a thousand clients do not come back in one instant.
 *
 * @param firstContactMax how long to try while nothing was ever reached
 * @param outageMax how long to try later
 */
public record RetryPolicy(
    Duration delayMin, Duration delayMax, Duration firstContactMax, Duration outageMax) {
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(
          Duration.ofMillis(100),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofDays(36_500));
}
