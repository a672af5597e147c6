package example.parcels.parcelkit;

import java.io.IOException;

/** Carries requests to the service. */
public interface Transport {
    /** Sends a request and returns the reply; IOException where there is none. */
    Reply send(Request request) throws IOException, InterruptedException;
}
