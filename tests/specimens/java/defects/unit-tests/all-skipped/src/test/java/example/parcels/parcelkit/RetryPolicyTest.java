package example.parcels.parcelkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

@Disabled("some day")
class RetryPolicyTest {
    @Test
    void delaysDoubleUpToTheCap() {
        RetryPolicy policy = RetryPolicy.usual();
        assertEquals(Duration.ofMillis(250), policy.delay(0));
        assertEquals(Duration.ofMillis(500), policy.delay(1));
        assertEquals(Duration.ofSeconds(8), policy.delay(9));
    }

    @Test
    void busyServicesPass() {
        assertTrue(RetryPolicy.isPassing(429));
        assertTrue(RetryPolicy.isPassing(503));
        assertFalse(RetryPolicy.isPassing(404));
    }
}
