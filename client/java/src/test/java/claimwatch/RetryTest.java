package claimwatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.Status.Code;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RetryTest {
  private long now;
  private double chance;

  private Patience patience(RetryPolicy policy) {
    return new Patience(policy, () -> now, () -> chance);
  }

  /** The table of proto/README.md, as every client must read it. */
  @Test
  void retryTable() throws Exception {
    Path table = Path.of("../../tests/clients/retry_table.json");
    for (JsonElement element : JsonParser.parseString(Files.readString(table)).getAsJsonArray()) {
      JsonObject row = element.getAsJsonObject();
      String reason = row.get("reason").getAsString();
      Status.Builder status =
          Status.newBuilder().setCode(Code.valueOf(row.get("code").getAsString()).value());
      status.addDetails(Any.pack(ErrorInfo.newBuilder().setReason(reason).build()));
      if (row.has("retryDelay")) {
        long millis = (long) (1000 * row.get("retryDelay").getAsDouble());
        status.addDetails(
            Any.pack(
                RetryInfo.newBuilder()
                    .setRetryDelay(
                        com.google.protobuf.Duration.newBuilder()
                            .setSeconds(millis / 1000)
                            .setNanos((int) (millis % 1000) * 1_000_000))
                    .build()));
      }
      ClaimwatchException failure = ClaimwatchException.of(status.build());
      assertEquals(row.get("again").getAsBoolean(), failure.mayTryAgain(), row.toString());
      assertEquals(reason, failure.reason());
      assertEquals(row.has("retryDelay"), failure.retryAfter().isPresent(), row.toString());
    }
  }

  @Test
  void aConnectionThatEndsUnderACallMayBeTriedAgain() {
    ClaimwatchException closed =
        ClaimwatchException.of(
            io.grpc.Status.UNKNOWN
                .withDescription("channel closed")
                .withCause(new ClosedChannelException())
                .asRuntimeException());
    assertEquals(io.grpc.Status.Code.UNAVAILABLE, closed.code());
    assertTrue(closed.mayTryAgain());
    assertFalse(ClaimwatchException.of(io.grpc.Status.UNKNOWN.asRuntimeException()).mayTryAgain());
  }

  @Test
  void delaysDoubleAndAreSpread() {
    RetryPolicy usual = RetryPolicy.DEFAULT;
    Patience patience =
        patience(
            new RetryPolicy(
                usual.delayMin(), Duration.ofSeconds(1), usual.firstContactMax(), usual.outageMax()));
    patience.contact();
    for (long millis : new long[] {50, 100, 200, 400, 500, 500}) {
      assertEquals(Optional.of(Duration.ofMillis(millis)), patience.afterFailure(Duration.ZERO));
    }
    patience.progress();
    chance = 0.5;
    assertEquals(Optional.of(Duration.ofMillis(75)), patience.afterFailure(Duration.ZERO));
    Duration told = Duration.ofSeconds(3);
    assertEquals(Optional.of(told), patience.afterFailure(told));
  }

  @Test
  void givesUpSoonWhereNothingWasEverReached() {
    Patience patience = patience(RetryPolicy.DEFAULT);
    assertTrue(patience.afterFailure(Duration.ZERO).isPresent());
    now = Duration.ofSeconds(10).toNanos();
    assertTrue(patience.afterFailure(Duration.ZERO).isEmpty());
  }
}
