package example.parcels.parcelkit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Carries requests over HTTP. */
public final class HttpTransport implements Transport {
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI address;
    private final String key;

    /** Creates a transport to the service at an address. */
    public HttpTransport(URI address, String key) {
        this.address = address;
        this.key = key;
    }

    /** Sends a request with the key. */
    @Override
    public Reply send(Request request) throws IOException, InterruptedException {
        HttpRequest message = message(request);
        HttpResponse<String> answer = client.send(message, HttpResponse.BodyHandlers.ofString());
        return new Reply(answer.statusCode(), answer.body());
    }

    HttpRequest message(Request request) {
        return HttpRequest.newBuilder(address.resolve(request.path()))
            .header("Authorization", "Bearer " + key)
            .method(request.method(), HttpRequest.BodyPublishers.ofString(request.body()))
            .build();
    }
}
