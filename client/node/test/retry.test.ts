import { status as codes } from "@grpc/grpc-js";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { ErrorInfo, RetryInfo } from "../gen/google/rpc/error_details.js";
import { Status } from "../gen/google/rpc/status.js";
import { Failure } from "../src/index.js";
import { Patience } from "../src/retry.js";

interface Row {
  code: keyof typeof codes;
  reason: string;
  retryDelay?: number;
  again: boolean;
}

const any = (name: string, value: Uint8Array) => ({
  typeUrl: `type.googleapis.com/google.rpc.${name}`,
  value: Buffer.from(value),
});

test("the table of proto/README.md, as every client must read it", () => {
  const table = new URL("../../../../tests/clients/retry_table.json", import.meta.url);
  for (const row of JSON.parse(readFileSync(table, "utf8")) as Row[]) {
    const info = ErrorInfo.fromPartial({ reason: row.reason, domain: "claimwatch" });
    const details = [any("ErrorInfo", ErrorInfo.encode(info).finish())];
    if (row.retryDelay !== undefined) {
      const seconds = Math.floor(row.retryDelay);
      const retryDelay = { seconds, nanos: Math.round((row.retryDelay - seconds) * 1e9) };
      details.push(any("RetryInfo", RetryInfo.encode({ retryDelay }).finish()));
    }
    const status = Status.fromPartial({ code: codes[row.code], message: "message", details });
    const failure = Failure.ofStatus(status);
    assert.equal(failure.mayTryAgain, row.again, JSON.stringify(row));
    assert.equal(failure.reason, row.reason);
    const told = row.retryDelay === undefined ? undefined : row.retryDelay * 1000;
    assert.equal(failure.retryAfter, told);
  }
});

test("delays double and are spread", () => {
  let chance = 0;
  const patience = new Patience({ delayMax: 1000 }, () => 0, () => chance);
  patience.contact();
  const delays = Array.from({ length: 6 }, () => patience.afterFailure());
  assert.deepEqual(delays, [50, 100, 200, 400, 500, 500]);
  patience.progress();
  chance = 0.5;
  assert.equal(patience.afterFailure(), 75);
  assert.equal(patience.afterFailure(3000), 3000); // The daemon's word is the least.
});

test("gives up soon where nothing was ever reached", () => {
  let now = 0;
  const patience = new Patience({}, () => now, () => 0);
  assert.notEqual(patience.afterFailure(), undefined);
  now = 10_000;
  assert.equal(patience.afterFailure(), undefined);
});
