// What the daemon's errors say: the reason, the fields at fault, whether to try again.
import { type Metadata, status as codes } from "@grpc/grpc-js";
import { Any } from "../gen/google/protobuf/any.js";
import type { Duration } from "../gen/google/protobuf/duration.js";
import { BadRequest, ErrorInfo, ResourceInfo, RetryInfo } from "../gen/google/rpc/error_details.js";
import { Status } from "../gen/google/rpc/status.js";

/** A field at fault, spelled as in the contract. */
export interface Violation {
  field: string;
  reason: string;
  description: string;
}

/** What the daemon refused, with what it said of it; or that there is no daemon. */
export class Failure extends Error {
  override readonly name = "Failure";
  /** Of the table in proto/README.md: "TOKEN_TOO_OLD". Empty: not said. */
  reason = "";
  /** What goes with the reason: "oldestToken". */
  metadata: Record<string, string> = {};
  violations: Violation[] = [];
  /** What was not found. Empty: not said. */
  resource = "";
  /** The least number of milliseconds to wait before the next try. Undefined: not said. */
  retryAfter: number | undefined;

  constructor(
    readonly code: codes,
    message: string,
    details: Any[] = [],
  ) {
    super(message);
    for (const detail of details) this.read(detail);
  }

  /** Reads what a call threw. */
  static of(error: unknown): Failure {
    if (error instanceof Failure) return error;
    const { code, details, message, metadata } = error as {
      code?: codes;
      details?: string;
      message?: string;
      metadata?: Metadata;
    };
    const raw = metadata?.get("grpc-status-details-bin")[0];
    const known = raw instanceof Uint8Array ? Status.decode(raw).details : [];
    return new Failure(code ?? codes.UNKNOWN, details ?? message ?? String(error), known);
  }

  /** Reads the error of a receipt. */
  static ofStatus(status: Status): Failure {
    return new Failure(status.code, status.message, status.details);
  }

  /** Whether the same call can be made again, unchanged, after a delay. */
  get mayTryAgain(): boolean {
    if (this.code === codes.RESOURCE_EXHAUSTED || this.code === codes.ABORTED) {
      return this.retryAfter !== undefined;
    }
    return this.code === codes.UNAVAILABLE;
  }

  override toString(): string {
    return `${codes[this.code]}${this.reason ? ` ${this.reason}` : ""}: ${this.message}`;
  }

  private read({ typeUrl, value }: Any): void {
    switch (typeUrl.slice(typeUrl.lastIndexOf("/") + 1)) {
      case "google.rpc.ErrorInfo": {
        const info = ErrorInfo.decode(value);
        this.reason = info.reason;
        this.metadata = info.metadata;
        break;
      }
      case "google.rpc.BadRequest":
        this.violations = BadRequest.decode(value).fieldViolations;
        break;
      case "google.rpc.RetryInfo":
        this.retryAfter = toMilliseconds(RetryInfo.decode(value).retryDelay);
        break;
      case "google.rpc.ResourceInfo": {
        const info = ResourceInfo.decode(value);
        this.resource = `${info.resourceType} ${info.resourceName}`;
        break;
      }
    }
  }
}

export function toMilliseconds(duration: Duration | undefined): number {
  return duration === undefined ? 0 : duration.seconds * 1000 + duration.nanos / 1e6;
}
