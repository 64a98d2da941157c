"""When to try again, and when to stop trying."""
import dataclasses
import random
import time


@dataclasses.dataclass(frozen=True)
class RetryPolicy:
    """Delays double from delay_min to delay_max, each cut by chance to between half and all of it,
    so that a thousand clients do not come back in one instant. All in seconds; None: for ever."""

    delay_min: float = 0.1
    delay_max: float = 30.0
    first_contact_max: float | None = 10.0  # While nothing was ever reached.
    outage_max: float | None = None  # Later.


class Patience:
    """Follows one conversation through its outages."""

    def __init__(self, policy, clock=time.monotonic, chance=random.random):
        self._policy, self._clock, self._chance = policy, clock, chance
        self._contacted, self._failures, self._since = False, 0, 0.0

    def contact(self):
        """The daemon answered something."""
        self._contacted = True

    def progress(self):
        """The conversation got on: an outage, if there was one, is over."""
        self._contacted, self._failures = True, 0

    def after_failure(self, least=None):
        """Seconds to wait before the next try, at least `least`; None: give up."""
        now, policy = self._clock(), self._policy
        if self._failures == 0:
            self._since = now
        full = min(policy.delay_max, policy.delay_min * 2.0 ** min(self._failures, 30))
        self._failures += 1
        delay = max(least or 0.0, full * (0.5 + 0.5 * self._chance()))
        longest = policy.outage_max if self._contacted else policy.first_contact_max
        if longest is not None and now - self._since + delay > longest:
            return None
        return delay
