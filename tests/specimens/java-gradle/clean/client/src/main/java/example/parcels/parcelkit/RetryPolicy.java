package example.parcels.parcelkit;

import java.time.Duration;

/**
 * When to try again: a delay that doubles from attempt to attempt, up to a cap.
 */
public final class RetryPolicy {
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    private final int attempts;
    private final Duration base;
    private final Duration cap;

    /** Creates it of all that it holds. */
    public RetryPolicy(int attempts, Duration base, Duration cap) {
        this.attempts = attempts;
        this.base = base;
        this.cap = cap;
    }

    /** Returns the number of attempts in all. */
    public int attempts() {
        return attempts;
    }

    /** Returns the first delay. */
    public Duration base() {
        return base;
    }

    /** Returns the longest delay. */
    public Duration cap() {
        return cap;
    }

    /** Returns four attempts, with delays from a quarter of a second to eight seconds. */
    public static RetryPolicy usual() {
        return new RetryPolicy(4, Duration.ofMillis(250), Duration.ofSeconds(8));
    }

    /** Returns the time to wait after an attempt; 0 is the first. */
    public Duration delay(int attempt) {
        Duration delay = base;
        for (int left = attempt; left > 0 && delay.compareTo(cap) < 0; left--) {
            delay = delay.multipliedBy(2);
        }
        return delay.compareTo(cap) < 0 ? delay : cap;
    }

    static boolean isPassing(int status) {
        return status == TOO_MANY || status >= SERVER_ERROR;
    }
}
