package example.parcels.parcelkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class Specification {
    @Test
    void numberWithItsCheckDigitIsValid() {
        assertTrue(Numbers.isValid("RR473124829GB"));
    }

    @Test
    void otherNumbersAreNot() {
        assertFalse(Numbers.isValid("RR473124828GB"));
        assertFalse(Numbers.isValid("473124829"));
    }

    @Test
    void elevenStandsForFive() {
        assertEquals(true, Numbers.isValid("AA000000005ZZ"));
    }
}
