package dev.ft900.hil;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ft900.ca.authority.Pem;
import dev.ft900.hil.SharedChain.Bench;
import dev.ft900.hil.rest.RestClient;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Listens to a stream of server-sent events on a thread of its own, and keeps what came. */
final class EventStreamClient implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final Stream<String> lines;
    private final int status;

    /** One event. */
    record Heard(String id, String kind, JsonNode data) {}

    private EventStreamClient(HttpResponse<Stream<String>> response) {
        this.status = response.statusCode();
        this.lines = response.body();
        var reader = new Thread(this::read, "event-stream");
        reader.setDaemon(true);
        reader.start();
    }

    /** @param lastSeen goes on after this event; empty to begin with the next */
    static EventStreamClient open(Bench bench, String path, Optional<String> lastSeen) throws Exception {
        var gateway = bench.chain().gateway();
        var anchor = Pem.readCertificates(bench.state().rootCertificate()).get(0);
        var request = HttpRequest.newBuilder(gateway.endpoints().gateway().resolve(path))
                .header("Authorization", "Bearer " + gateway.token())
                .header("Accept", "text/event-stream")
                .timeout(Duration.ofSeconds(30));
        lastSeen.ifPresent(id -> request.header("Last-Event-ID", id));
        var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(RestClient.trusting(anchor))
                .build();
        return new EventStreamClient(client.send(request.build(), HttpResponse.BodyHandlers.ofLines()));
    }

    int status() {
        return status;
    }

    /** What came until now. */
    List<Heard> heard() {
        return heard;
    }

    private void read() {
        var id = "";
        var kind = "";
        try {
            for (var line : (Iterable<String>) lines::iterator) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    kind = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    heard.add(new Heard(id, kind, JSON.readTree(line.substring(6))));
                }
            }
        } catch (IOException | RuntimeException e) {
            // The stream was closed under us, which is how it ends.
            return;
        }
    }

    /** Ends the stream, and holds all that came to the contract. */
    @Override
    public void close() {
        lines.close();
        var contract = Contract.ofGateway();
        for (var event : heard) {
            var wrong = contract.checkEvent(event.kind(), event.data());
            if (!wrong.isEmpty()) {
                throw new AssertionError(
                        "an event is against the contract: " + event + "\n  " + String.join("\n  ", wrong));
            }
        }
    }
}
