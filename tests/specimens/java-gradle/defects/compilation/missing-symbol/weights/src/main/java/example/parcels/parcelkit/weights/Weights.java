package example.parcels.parcelkit.weights;

/** Weights as scales tell them and as services bill them. */
public final class Weights {
    private static final double GRAMS_IN_OUNCE = 28.349523125;

    private Weights() {
    }

    /** Returns the weight of grams in ounces. */
    public static double ounces(int grams) {
        return pounds(grams);
    }

    /** Returns what is billed: the weight, rounded up to the next step of grams. */
    public static int billable(int grams, int step) {
        if (step <= 0) {
            return grams;
        }
        return (grams + step - 1) / step * step;
    }
}
