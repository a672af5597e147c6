package example.parcels.parcelkit.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class WeightsTest {
    @Test
    void gramsAreOunces() {
        assertEquals(1.0, Weights.ounces(28), 0.02);
    }

    @Test
    void weightIsRoundedUp() {
        assertEquals(500, Weights.billable(401, 100));
        assertEquals(400, Weights.billable(400, 100));
    }

    @Test
    void stepMayBeNothing() {
        assertEquals(401, Weights.billable(401, 0));
    }
}
