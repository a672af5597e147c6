package example.parcels.parcelkit;

import java.util.regex.Pattern;

/** Numbers of parcels. */
public final class Numbers {
    private static final Pattern FORM = Pattern.compile("[A-Z]{2}\\d{9}[A-Z]{2}");
    private static final int[] WEIGHTS = {8, 6, 4, 2, 3, 5, 9, 7};
    private static final int MODULUS = 11;

    private Numbers() {
    }

    /** Tells whether a number has its form and its check digit (UPU S10). */
    public static boolean isValid(String number) {
        if (!FORM.matcher(number).matches()) {
            return false;
        }
        int sum = 0;
        for (int place = 0; place < WEIGHTS.length; place++) {
            sum += WEIGHTS[place] * Character.digit(number.charAt(place + 2), 10);
        }
        int digit = MODULUS - sum % MODULUS;
        int check = digit == MODULUS ? 5 : digit % 10;
        return check == Character.digit(number.charAt(WEIGHTS.length + 2), 10);
    }
}
