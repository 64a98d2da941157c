// When to try again, and when to stop trying.
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Delays double from delayMin to delayMax, each cut by chance to between half and all of it, so that
 * a thousand clients do not come back in one instant. All in milliseconds.
 */
export interface RetryPolicy {
  delayMin: number; // 100
  delayMax: number; // 30,000
  firstContactMax: number; // 10,000: how long to try while nothing was ever reached
  outageMax: number; // for ever: how long to try later
}

const usual: RetryPolicy = {
  delayMin: 100,
  delayMax: 30_000,
  firstContactMax: 10_000,
  outageMax: Infinity,
};

/** Follows one conversation through its outages. */
export class Patience {
  private readonly policy: RetryPolicy;
  private contacted = false;
  private failures = 0;
  private since = 0;

  constructor(
    policy: Partial<RetryPolicy> = {},
    private readonly now = () => performance.now(),
    private readonly chance = Math.random,
  ) {
    this.policy = { ...usual, ...policy };
  }

  /** The daemon answered something. */
  contact(): void {
    this.contacted = true;
  }

  /** The conversation got on: an outage, if there was one, is over. */
  progress(): void {
    this.contacted = true;
    this.failures = 0;
  }

  /** Milliseconds to wait before the next try, at least `least`. Undefined: give up. */
  afterFailure(least = 0): number | undefined {
    const now = this.now();
    if (this.failures === 0) this.since = now;
    const { delayMin, delayMax, firstContactMax, outageMax } = this.policy;
    const full = Math.min(delayMax, delayMin * 2 ** Math.min(this.failures++, 30));
    const delay = Math.max(least, full * (0.5 + 0.5 * this.chance()));
    const longest = this.contacted ? outageMax : firstContactMax;
    return now - this.since + delay > longest ? undefined : delay;
  }
}

/** Waits; ends early, without a word, when `signal` is aborted. */
export async function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
}
