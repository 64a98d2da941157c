package claimwatch;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the daemon refused, with what it said of it; or that there is no daemon. */
public final class ClaimwatchException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** A field at fault, spelled as in the contract. */
  public record Violation(String field, String reason, String description) {}

  private final Status.Code code;
  private String reason = "";
  private transient Map<String, String> metadata = Map.of();
  private final transient List<Violation> violations = new ArrayList<>();
  private String resource = "";
  private Duration retryAfter;

  ClaimwatchException(Status.Code code, String message) {
    super(message);
    this.code = code;
  }

  /** Reads what a call threw. */
  public static ClaimwatchException of(Throwable error) {
    if (error instanceof ClaimwatchException known) {
      return known;
    }
    if (isClosedConnection(error)) {
      return new ClaimwatchException(Status.Code.UNAVAILABLE, "the connection was closed");
    }
    com.google.rpc.Status status = StatusProto.fromThrowable(error);
    if (status != null) {
      return of(status);
    }
    Status plain = Status.fromThrowable(error);
    return new ClaimwatchException(
        plain.getCode(), plain.getDescription() == null ? error.toString() : plain.getDescription());
  }

  /** A call that was begun while its connection ended: gRPC's transport calls that UNKNOWN. */
  private static boolean isClosedConnection(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof ClosedChannelException) {
        return true;
      }
    }
    return false;
  }

  /** Reads the error of a receipt. */
  public static ClaimwatchException of(com.google.rpc.Status status) {
    ClaimwatchException failure =
        new ClaimwatchException(Status.fromCodeValue(status.getCode()).getCode(), status.getMessage());
    for (Any detail : status.getDetailsList()) {
      try {
        failure.read(detail);
      } catch (InvalidProtocolBufferException notReadable) {
        // A detail that does not parse is as good as none.
      }
    }
    return failure;
  }

  private void read(Any detail) throws InvalidProtocolBufferException {
    if (detail.is(ErrorInfo.class)) {
      ErrorInfo info = detail.unpack(ErrorInfo.class);
      reason = info.getReason();
      metadata = info.getMetadataMap();
    } else if (detail.is(BadRequest.class)) {
      for (BadRequest.FieldViolation v : detail.unpack(BadRequest.class).getFieldViolationsList()) {
        violations.add(new Violation(v.getField(), v.getReason(), v.getDescription()));
      }
    } else if (detail.is(RetryInfo.class)) {
      retryAfter = toDuration(detail.unpack(RetryInfo.class).getRetryDelay());
    } else if (detail.is(ResourceInfo.class)) {
      ResourceInfo info = detail.unpack(ResourceInfo.class);
      resource = info.getResourceType() + " " + info.getResourceName();
    }
  }

  static Duration toDuration(com.google.protobuf.Duration duration) {
    return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
  }

  public Status.Code code() {
    return code;
  }

  /** Of the table in proto/README.md: "TOKEN_TOO_OLD". Empty: not said. */
  public String reason() {
    return reason;
  }

  /** What goes with the reason: "oldestToken". */
  public Map<String, String> metadata() {
    return metadata;
  }

  public List<Violation> violations() {
    return violations;
  }

  /** What was not found. Empty: not said. */
  public String resource() {
    return resource;
  }

  /** The least to wait before the next try. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** Whether the same call can be made again, unchanged, after a delay. */
  public boolean mayTryAgain() {
    return switch (code) {
      case UNAVAILABLE -> true;
      case RESOURCE_EXHAUSTED, ABORTED -> retryAfter != null;
      default -> false;
    };
  }

  @Override
  public String toString() {
    return code + (reason.isEmpty() ? "" : " " + reason) + ": " + getMessage();
  }
}
