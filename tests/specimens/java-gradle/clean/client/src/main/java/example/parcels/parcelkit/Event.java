package example.parcels.parcelkit;

/**
 * Something that happened to a parcel.
 */
public final class Event {
    private final String at;
    private final String place;
    private final Status status;

    /** Creates it of all that it holds. */
    public Event(String at, String place, Status status) {
        this.at = at;
        this.place = place;
        this.status = status;
    }

    /** Returns the moment, as the service writes it. */
    public String at() {
        return at;
    }

    /** Returns where it happened. */
    public String place() {
        return place;
    }

    /** Returns where the parcel stood then. */
    public Status status() {
        return status;
    }
}
