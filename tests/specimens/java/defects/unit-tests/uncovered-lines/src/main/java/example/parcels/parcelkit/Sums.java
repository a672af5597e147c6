package example.parcels.parcelkit;

/** Sums that nobody asks for. */
public final class Sums {
    private Sums() {
    }

    /** Returns a sum. */
    public static int sum(int first) {
        int sum = first;
        sum += first * 2;
        sum += first * 3;
        sum += first * 4;
        sum += first * 5;
        sum += first * 6;
        sum += first * 7;
        sum += first * 8;
        sum += first * 9;
        sum += first * 10;
        sum += first * 11;
        sum += first * 12;
        sum += first * 13;
        sum += first * 14;
        sum += first * 15;
        sum += first * 16;
        sum += first * 17;
        sum += first * 18;
        sum += first * 19;
        sum += first * 20;
        sum += first * 21;
        sum += first * 22;
        sum += first * 23;
        sum += first * 24;
        sum += first * 25;
        sum += first * 26;
        sum += first * 27;
        sum += first * 28;
        sum += first * 29;
        sum += first * 30;
        sum += first * 31;
        sum += first * 32;
        sum += first * 33;
        sum += first * 34;
        sum += first * 35;
        sum += first * 36;
        sum += first * 37;
        sum += first * 38;
        sum += first * 39;
        sum += first * 40;
        sum += first * 41;
        sum += first * 42;
        sum += first * 43;
        sum += first * 44;
        sum += first * 45;
        sum += first * 46;
        sum += first * 47;
        sum += first * 48;
        sum += first * 49;
        sum += first * 50;
        sum += first * 51;
        sum += first * 52;
        sum += first * 53;
        sum += first * 54;
        sum += first * 55;
        sum += first * 56;
        sum += first * 57;
        sum += first * 58;
        sum += first * 59;
        return sum;
    }
}
