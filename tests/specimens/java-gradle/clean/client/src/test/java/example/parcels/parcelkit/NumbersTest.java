package example.parcels.parcelkit;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import org.junit.Test;

public class NumbersTest {
    @Test
    public void numberWithItsCheckDigitIsValid() {
        assertTrue(Numbers.isValid("RR473124829GB"));
    }

    @Test
    public void otherNumbersAreNot() {
        assertFalse(Numbers.isValid("RR473124828GB"));
        assertFalse(Numbers.isValid("473124829"));
    }

    @Test
    public void elevenStandsForFive() {
        assertEquals(true, Numbers.isValid("AA000000005ZZ"));
    }
}
