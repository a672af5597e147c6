package example.parcels.parcelkit;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class StoreTest {
    @Test
    void withoutConnectionNothingIsRemoved() {
        assertThrows(NullPointerException.class, () -> Store.remove(null, "RR1"));
    }
}
