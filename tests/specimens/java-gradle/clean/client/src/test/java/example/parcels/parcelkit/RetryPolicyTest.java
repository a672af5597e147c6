package example.parcels.parcelkit;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import org.junit.Test;

public class RetryPolicyTest {
    @Test
    public void delaysDoubleUpToTheCap() {
        RetryPolicy policy = RetryPolicy.usual();
        assertEquals(Duration.ofMillis(250), policy.delay(0));
        assertEquals(Duration.ofMillis(500), policy.delay(1));
        assertEquals(Duration.ofSeconds(8), policy.delay(9));
    }

    @Test
    public void busyServicesPass() {
        assertTrue(RetryPolicy.isPassing(429));
        assertTrue(RetryPolicy.isPassing(503));
        assertFalse(RetryPolicy.isPassing(404));
    }
}
