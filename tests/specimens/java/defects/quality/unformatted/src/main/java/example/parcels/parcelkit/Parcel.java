package example.parcels.parcelkit;

/**
 * A parcel as the service knows it.
 *
 * @param number the number on its label
 * @param recipient who gets it
 * @param status where it stands
 */
public record Parcel(String number, String recipient, Status status) {

    /** Tells whether the parcel has not arrived anywhere yet. */
    public boolean underWay() {
      return status == Status.REGISTERED || status == Status.IN_TRANSIT;
    }
}
