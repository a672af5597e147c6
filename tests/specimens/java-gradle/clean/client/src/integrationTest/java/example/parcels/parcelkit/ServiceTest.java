package example.parcels.parcelkit;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

public class ServiceTest {
    private static final String PARCEL =
        "{\"number\": \"RR1\", \"recipient\": \"Ada\", \"status\": \"registered\"}";

    private final List<String> asked = new ArrayList<>();
    private final Deque<Integer> statuses = new ArrayDeque<>();
    private HttpServer server;

    @Before
    public void start() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            byte[] body = PARCEL.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(statuses.remove(), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @After
    public void stop() {
        server.stop(0);
    }

    private Client client(Integer... answers) {
        statuses.addAll(List.of(answers));
        int port = server.getAddress().getPort();
        URI address = URI.create("http://127.0.0.1:" + port);
        RetryPolicy atOnce = new RetryPolicy(3, Duration.ZERO, Duration.ZERO);
        return new Client(new HttpTransport(address, "key"), atOnce);
    }

    @Test
    public void parcelIsRegistered() throws Exception {
        assertEquals(Status.REGISTERED, client(201).register("RR1", "Ada").status());
        assertEquals(List.of("POST /parcels"), asked);
    }

    @Test
    public void busyServiceIsAskedAgain() throws Exception {
        client(503, 429, 200).track("RR1");
        assertEquals(3, asked.size());
    }

    @Test
    public void missingParcelIsNotFound() {
        Client client = client(404);
        assertThrows(NotFoundException.class, () -> client.track("RR1"));
    }
}
