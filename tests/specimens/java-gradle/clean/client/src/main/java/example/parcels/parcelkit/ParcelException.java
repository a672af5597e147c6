package example.parcels.parcelkit;

/** The service refused a request. */
public class ParcelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /** Creates the exception of a status. */
    public ParcelException(int status) {
        super("the service answered " + status);
        this.status = status;
    }

    /** Returns the status of HTTP. */
    public int status() {
        return status;
    }
}
