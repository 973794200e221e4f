package dev.ft900.ca.store;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ft900.protocol.slot.BrokerAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/**
 * Where the server of a state folder was last reached: the file {@code endpoints.json}, written by the server when it starts, read by
 * whoever works beside it.
 *
 * @param gateway base of the REST API, for example {@code https://localhost:8443}
 * @param broker where boards connect
 */
public record Endpoints(URI gateway, BrokerAddress broker) {
    private static final JsonMapper JSON = new JsonMapper();

    /** Writes them to the state folder. */
    public void save(StateFolder state) throws IOException {
        StateFolder.write(
                state.endpoints(), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
    }

    /** Those of the last server on a state folder; empty when there was none. */
    public static Optional<Endpoints> load(StateFolder state) throws IOException {
        try {
            return Optional.of(JSON.readValue(Files.readString(state.endpoints()), Endpoints.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JacksonException e) {
            throw new IOException(
                    "expected endpoints as JSON in " + state.endpoints() + "; " + e.getOriginalMessage()
                            + ". Remove the file; the next start of the server writes it anew.",
                    e);
        }
    }
}
