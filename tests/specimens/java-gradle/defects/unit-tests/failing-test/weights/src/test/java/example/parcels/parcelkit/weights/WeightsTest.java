package example.parcels.parcelkit.weights;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class WeightsTest {
    @Test
    public void gramsAreOunces() {
        assertEquals(1.0, Weights.ounces(28), 0.02);
    }

    @Test
    public void weightIsRoundedUp() {
        assertEquals(500, Weights.billable(401, 100));
        assertEquals(400, Weights.billable(400, 100));
    }

    @Test
    public void stepMayBeNothing() {
        assertEquals(400, Weights.billable(401, 0));
    }
}
