package example.parcels.parcelkit;

import com.google.gson.Gson;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Calls the service through a transport. */
public final class Client {
    private static final int REFUSED = 400;

    private final Gson gson = new Gson();
    private final Transport transport;
    private final RetryPolicy policy;

    /** Creates a client with the usual policy. */
    public Client(Transport transport) {
        this(transport, RetryPolicy.usual());
    }

    /** Creates a client with a policy of its own. */
    public Client(Transport transport, RetryPolicy policy) {
        this.transport = transport;
        this.policy = policy;
    }

    /** Returns a parcel; NotFoundException where there is none. */
    public Parcel track(String number) throws IOException, InterruptedException {
        return gson.fromJson(call(new Request("GET", path(number), "")), Parcel.class);
    }

    /** Registers a parcel that is about to be sent. */
    public Parcel register(String number, String recipient)
            throws IOException, InterruptedException {
        String body = gson.toJson(Map.of("number", number, "recipient", recipient));
        return gson.fromJson(call(new Request("POST", "/parcels", body)), Parcel.class);
    }

    /** Returns the events of a parcel, oldest first, from all pages. */
    public List<Event> events(String number) throws IOException, InterruptedException {
        List<Event> events = new ArrayList();
        String cursor = "";
        while (cursor != null) {
            String query = cursor.isEmpty() ? "" : "?cursor=" + escaped(cursor);
            String body = call(new Request("GET", path(number) + "/events" + query, ""));
            Page page = gson.fromJson(body, Page.class);
            events.addAll(page.events);
            cursor = page.cursor;
        }
        return events;
    }

    private String call(Request request) throws IOException, InterruptedException {
        Reply reply = transport.send(request);
        for (int attempt = 0; attempt < policy.attempts() - 1; attempt++) {
            if (!RetryPolicy.isPassing(reply.status())) {
                break;
            }
            Thread.sleep(policy.delay(attempt).toMillis());
            reply = transport.send(request);
        }
        if (reply.status() == NotFoundException.STATUS) {
            throw new NotFoundException();
        }
        if (reply.status() >= REFUSED) {
            throw new ParcelException(reply.status());
        }
        return reply.body();
    }

    private static String path(String number) {
        return "/parcels/" + escaped(number);
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static final class Page {
        private List<Event> events;
        private String cursor;
    }
}
