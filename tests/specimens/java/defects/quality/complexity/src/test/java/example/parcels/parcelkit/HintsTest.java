package example.parcels.parcelkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HintsTest {
    @Test
    void everyHintIsGiven() {
        for (int number = 0; number < 11; number++) {
            assertEquals("hint " + number, Hints.hint(400 + number));
        }
        assertEquals("", Hints.hint(200));
    }
}
