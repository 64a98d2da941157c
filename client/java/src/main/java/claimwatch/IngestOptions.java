package claimwatch;

import java.time.Duration;

/** How articles go out and receipts come back. */
public final class IngestOptions {
  /** Hears that a connection was lost: `toResend` articles have no receipt yet. */
  @FunctionalInterface
  public interface OnLost {
    void lost(ClaimwatchException failure, Duration retryIn, int toResend);
  }

  boolean returnClaims;
  boolean returnAlerts;
  int batchArticlesMax = 16;
  int batchBytesMax = 1 << 20; // An article that is larger goes alone.
  int inflightArticlesMax = 256;
  OnLost onLost = (failure, retryIn, toResend) -> {};

  /** Receipts carry the claims. */
  public IngestOptions returnClaims() {
    returnClaims = true;
    return this;
  }

  /** Receipts carry the alerts opened. */
  public IngestOptions returnAlerts() {
    returnAlerts = true;
    return this;
  }

  public IngestOptions onLost(OnLost onLost) {
    this.onLost = onLost;
    return this;
  }
}
