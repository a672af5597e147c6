package example.parcels.parcelkit;

/**
 * What the service answers.
 */
public final class Reply {
    private final int status;
    private final String body;

    /** Creates it of all that it holds. */
    public Reply(int status, String body) {
        this.status = status;
        this.body = body;
    }

    /** Returns the status of HTTP. */
    public int status() {
        return status;
    }

    /** Returns the body. */
    public String body() {
        return body;
    }
}
