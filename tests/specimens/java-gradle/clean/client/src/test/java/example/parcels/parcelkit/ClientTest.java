package example.parcels.parcelkit;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.Test;

public class ClientTest {
    private static final String PARCEL =
        "{\"number\": \"RR1\", \"recipient\": \"Ada\", \"status\": \"in-transit\"}";
    private static final RetryPolicy AT_ONCE = new RetryPolicy(3, Duration.ZERO, Duration.ZERO);

    private final List<Request> asked = new ArrayList<>();

    private Client client(Reply... replies) {
        Deque<Reply> left = new ArrayDeque<>(List.of(replies));
        return new Client(request -> {
            asked.add(request);
            return left.remove();
        }, AT_ONCE);
    }

    @Test
    public void parcelIsTracked() throws Exception {
        Parcel parcel = client(new Reply(200, PARCEL)).track("RR 1");
        assertTrue(parcel.underWay());
        assertEquals("/parcels/RR+1", asked.get(0).path());
    }

    @Test
    public void parcelIsRegistered() throws Exception {
        String answer = PARCEL.replace("in-transit", "registered");
        Parcel parcel = client(new Reply(201, answer)).register("RR1", "Ada");
        assertTrue(parcel.underWay());
        assertTrue(asked.get(0).body().contains("\"recipient\":\"Ada\""));
    }

    @Test
    public void eventsComeFromAllPages() throws Exception {
        String event = "{\"at\": \"now\", \"place\": \"Bern\", \"status\": \"delivered\"}";
        List<Event> events = client(
            new Reply(200, "{\"events\": [" + event + "], \"cursor\": \"next\"}"),
            new Reply(200, "{\"events\": [" + event + "]}")).events("RR1");
        assertEquals(2, events.size());
        assertEquals("/parcels/RR1/events?cursor=next", asked.get(1).path());
    }

    @Test
    public void busyServiceIsAskedAgain() throws Exception {
        String answer = PARCEL.replace("in-transit", "delivered");
        Parcel parcel = client(new Reply(503, ""), new Reply(200, answer)).track("RR1");
        assertFalse(parcel.underWay());
        assertEquals(2, asked.size());
    }

    @Test
    public void attemptsAreUsedUp() {
        Reply busy = new Reply(503, "");
        Client client = client(busy, busy, busy);
        assertEquals(503, assertThrows(ParcelException.class, () -> client.track("RR1")).status());
    }

    @Test
    public void missingParcelIsNotFound() {
        Client client = client(new Reply(404, ""));
        assertThrows(NotFoundException.class, () -> client.track("RR1"));
    }

    @Test
    public void usualPolicyIsTheDefault() throws Exception {
        assertEquals("RR1", new Client(request -> new Reply(200, PARCEL)).track("RR1").number());
    }

    @Test
    public void messageCarriesTheKey() {
        HttpTransport transport = new HttpTransport(URI.create("http://parcels.example"), "key");
        HttpRequest message = transport.message(new Request("GET", "/parcels/RR1", ""));
        assertEquals("Bearer key", message.headers().firstValue("Authorization").orElseThrow());
    }
}
