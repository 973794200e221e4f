package dev.ft900.hil.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Listens to one stream of server-sent events (WHATWG HTML, section 9.2). A thread of its own reads; for use by one other thread. A gateway
 * says something every ten seconds: one that is silent for longer than {@link #SILENCE} is taken for gone.
 */
public final class EventListener implements AutoCloseable {
    /** After how long nothing is heard a stream is taken for dead. */
    public static final Duration SILENCE = Duration.ofSeconds(30);

    private static final JsonMapper JSON = new JsonMapper();
    private static final int LINES_AHEAD = 1_024;

    /** One event. */
    public record ServerEvent(String id, String kind, JsonNode data) {}

    private record Line(String text, boolean last) {}

    private final int status;
    private final InputStream in;
    private final BlockingQueue<Line> lines = new ArrayBlockingQueue<>(LINES_AHEAD);
    private String id = "";
    private String kind = "message";

    private EventListener(int status, InputStream in) {
        this.status = status;
        this.in = in;
    }

    static EventListener on(HttpResponse<InputStream> response) {
        var listener = new EventListener(response.statusCode(), response.body());
        var reader = new Thread(listener::read, "event-listener");
        reader.setDaemon(true);
        reader.start();
        return listener;
    }

    /** 200 when there are events to come; else {@link #problem()} tells why not. */
    public int status() {
        return status;
    }

    /** What the gateway said instead of events; a missing node when that was nothing. */
    public JsonNode problem() throws IOException {
        var text = new StringBuilder();
        for (var line = nextLine(); !line.last(); line = nextLine()) {
            text.append(line.text());
        }
        return JSON.readTree(text.toString());
    }

    /**
     * Waits for the next event.
     *
     * @return empty when the gateway ended the stream
     * @throws IOException the gateway fell silent, or sent what is no event
     */
    public Optional<ServerEvent> next() throws IOException {
        while (true) {
            var line = nextLine();
            if (line.last()) {
                return Optional.empty();
            } else if (line.text().startsWith("id: ")) {
                id = line.text().substring("id: ".length());
            } else if (line.text().startsWith("event: ")) {
                kind = line.text().substring("event: ".length());
            } else if (line.text().startsWith("data: ")) {
                return Optional.of(
                        new ServerEvent(id, kind, JSON.readTree(line.text().substring("data: ".length()))));
            }
        }
    }

    private Line nextLine() throws IOException {
        try {
            var line = lines.poll(SILENCE.toSeconds(), TimeUnit.SECONDS);
            if (line == null) {
                throw new IOException("expected a word from the gateway every ten seconds; heard nothing for "
                        + SILENCE.toSeconds() + " s");
            }
            return line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while listening", e);
        }
    }

    private void read() {
        try (var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (var text = reader.readLine(); text != null; text = reader.readLine()) {
                lines.put(new Line(text, false));
            }
        } catch (IOException e) {
            // The connection broke, or the listener was closed: either way the stream is at its end, which is said
            // below.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }

    private void end() {
        try {
            lines.put(new Line("", true));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
        // Makes room, so that the reader can say that it is at its end.
        lines.clear();
    }
}
