"""When to try again, and after how long."""

from collections.abc import Callable

import attrs

from parcelkit.transport import Reply


@attrs.frozen
class RetryPolicy:
    """Attempts in all, and a delay that doubles from `base` seconds up to `cap`."""

    attempts: int = 4
    base: float = 0.25
    cap: float = 8.0

    def delay(self, attempt: int, asked: float | None = None) -> float:
        """Return the seconds to wait after an attempt (0 is the first); the service may ask."""
        if asked is not None:
            return min(self.cap, asked)
        return min(self.cap, self.base * 2.0**attempt)


def is_passing(reply: Reply) -> bool:
    """Tell whether a refusal may pass by itself: too many requests, or a failing server."""
    return reply.status == 429 or reply.status >= 500


def send_again(
    send: Callable[[], Reply], policy: RetryPolicy, sleep: Callable[[float], None]
) -> Reply:
    """Send until the reply is no passing refusal, or the attempts are used up."""
    reply = send()
    for attempt in range(policy.attempts - 1):
        if not is_passing(reply):
            break
        sleep(policy.delay(attempt, reply.retry_after))
        reply = send()
    return reply
