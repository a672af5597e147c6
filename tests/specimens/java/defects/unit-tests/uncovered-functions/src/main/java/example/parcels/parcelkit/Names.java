package example.parcels.parcelkit;

/** Names that nobody asks for. */
public final class Names {
    private Names() {
    }

    /** Returns name 1. */
    public static String name1() {
        return "1";
    }

    /** Returns name 2. */
    public static String name2() {
        return "2";
    }

    /** Returns name 3. */
    public static String name3() {
        return "3";
    }

    /** Returns name 4. */
    public static String name4() {
        return "4";
    }

    /** Returns name 5. */
    public static String name5() {
        return "5";
    }

    /** Returns name 6. */
    public static String name6() {
        return "6";
    }

    /** Returns name 7. */
    public static String name7() {
        return "7";
    }

    /** Returns name 8. */
    public static String name8() {
        return "8";
    }

    /** Returns name 9. */
    public static String name9() {
        return "9";
    }

    /** Returns name 10. */
    public static String name10() {
        return "10";
    }

    /** Returns name 11. */
    public static String name11() {
        return "11";
    }

    /** Returns name 12. */
    public static String name12() {
        return "12";
    }
}
