package example.parcels.parcelkit.weights;

/** Weights as scales tell them and as services bill them. */
public final class Weights {
    private Weights() {
    }

    /** Returns what is billed: the weight, rounded up to the next step of grams. */
    public static int billable(int grams, int step) {
        if (step <= 0) {
            return grams;
        }
        return (grams + step - 1) / step * step;
    }
}
