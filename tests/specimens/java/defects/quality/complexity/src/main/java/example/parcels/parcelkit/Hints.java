package example.parcels.parcelkit;

/** Hints for statuses. */
public final class Hints {
    private Hints() {
    }

    /** Returns a hint. */
    public static String hint(int status) {
        if (status == 400) {
            return "hint 0";
        }
        if (status == 401) {
            return "hint 1";
        }
        if (status == 402) {
            return "hint 2";
        }
        if (status == 403) {
            return "hint 3";
        }
        if (status == 404) {
            return "hint 4";
        }
        if (status == 405) {
            return "hint 5";
        }
        if (status == 406) {
            return "hint 6";
        }
        if (status == 407) {
            return "hint 7";
        }
        if (status == 408) {
            return "hint 8";
        }
        if (status == 409) {
            return "hint 9";
        }
        if (status == 410) {
            return "hint 10";
        }
        return "";
    }
}
