package example.parcels.parcelkit;

/** There is no such parcel. */
public class NotFoundException extends ParcelException {
    /** The status of HTTP. */
    public static final int STATUS = 404;
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public NotFoundException() {
        super(STATUS);
    }
}
