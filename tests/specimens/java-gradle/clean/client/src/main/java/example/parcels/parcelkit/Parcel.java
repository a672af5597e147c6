package example.parcels.parcelkit;

/**
 * A parcel as the service knows it.
 */
public final class Parcel {
    private final String number;
    private final String recipient;
    private final Status status;

    /** Creates it of all that it holds. */
    public Parcel(String number, String recipient, Status status) {
        this.number = number;
        this.recipient = recipient;
        this.status = status;
    }

    /** Returns the number on its label. */
    public String number() {
        return number;
    }

    /** Returns who gets it. */
    public String recipient() {
        return recipient;
    }

    /** Returns where it stands. */
    public Status status() {
        return status;
    }

    /** Tells whether the parcel has not arrived anywhere yet. */
    public boolean underWay() {
        return status == Status.REGISTERED || status == Status.IN_TRANSIT;
    }
}
