package example.parcels.parcelkit;

/**
 * What is sent to the service.
 */
public final class Request {
    private final String method;
    private final String path;
    private final String body;

    /** Creates it of all that it holds. */
    public Request(String method, String path, String body) {
        this.method = method;
        this.path = path;
        this.body = body;
    }

    /** Returns the method of HTTP. */
    public String method() {
        return method;
    }

    /** Returns the path below the service's address. */
    public String path() {
        return path;
    }

    /** Returns the body, empty for none. */
    public String body() {
        return body;
    }
}
