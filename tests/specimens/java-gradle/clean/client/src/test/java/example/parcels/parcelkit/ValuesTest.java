package example.parcels.parcelkit;

import static org.junit.Assert.assertEquals;

import java.time.Duration;
import org.junit.Test;

public class ValuesTest {
    @Test
    public void parcelHoldsWhatItWasMadeOf() {
        Parcel parcel = new Parcel("RR1", "Ada", Status.RETURNED);
        assertEquals("RR1", parcel.number());
        assertEquals("Ada", parcel.recipient());
        assertEquals(Status.RETURNED, parcel.status());
    }

    @Test
    public void eventHoldsWhatItWasMadeOf() {
        Event event = new Event("now", "Bern", Status.DELIVERED);
        assertEquals("now", event.at());
        assertEquals("Bern", event.place());
        assertEquals(Status.DELIVERED, event.status());
    }

    @Test
    public void policyHoldsWhatItWasMadeOf() {
        RetryPolicy policy = RetryPolicy.usual();
        assertEquals(4, policy.attempts());
        assertEquals(Duration.ofMillis(250), policy.base());
        assertEquals(Duration.ofSeconds(8), policy.cap());
    }
}
