package dev.ft900.hil.cli.device;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.hil.rest.EventListener;
import dev.ft900.hil.rest.RestClient;
import dev.ft900.hil.rest.RestClient.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Calls that either succeed or end the command with a reason and an exit code. */
final class GatewayCalls {
    /** Under which the API lies. */
    static final String DEVICES = "/api/v1/devices";

    private static final int FIRST_FAILURE = 400;

    private final URI address;
    private final RestClient rest;

    GatewayCalls(URI address, RestClient rest) {
        this.address = address;
        this.rest = rest;
    }

    private interface Call<T> {
        T send() throws IOException;
    }

    JsonNode get(String path) throws CommandException, RefusedException {
        return body(() -> rest.get(path));
    }

    JsonNode put(String path, JsonNode json) throws CommandException, RefusedException {
        return body(() -> rest.put(path, json.toString()));
    }

    /** @param json empty for no body */
    JsonNode post(String path, String json) throws CommandException, RefusedException {
        return body(() -> rest.post(path, json));
    }

    void delete(String path) throws CommandException, RefusedException {
        body(() -> rest.delete(path));
    }

    /** Listens; the caller closes it. */
    EventListener listen(String path, Optional<String> lastSeen) throws CommandException, RefusedException {
        var listener = reach(() -> rest.listen(path, lastSeen));
        if (listener.status() >= FIRST_FAILURE) {
            throw new RefusedException(listener.status(), reach(listener::problem));
        }
        return listener;
    }

    private JsonNode body(Call<Answer> call) throws CommandException, RefusedException {
        var answer = reach(call);
        if (answer.status() >= FIRST_FAILURE) {
            throw new RefusedException(answer.status(), answer.body());
        }
        return answer.body();
    }

    private <T> T reach(Call<T> call) throws CommandException {
        try {
            return call.send();
        } catch (HttpConnectTimeoutException e) {
            throw unreachable(e);
        } catch (HttpTimeoutException e) {
            throw new CommandException(
                    ExitCode.NO_ANSWER,
                    "expected an answer from " + address + " within a minute; got none. Whether the board did it is"
                            + " not known",
                    e);
        } catch (SSLException e) {
            throw new CommandException(
                    ExitCode.ENVIRONMENT,
                    "expected " + address + " to be a gateway whose certificate is trusted; " + e.getMessage()
                            + ". Name its root certificate: --ca FILE",
                    e);
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private CommandException unreachable(IOException cause) {
        return new CommandException(
                ExitCode.ENVIRONMENT,
                "expected a gateway at " + address + "; it cannot be reached"
                        + (cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")")
                        + ". Is it running? ./ft900 up, or ./ft900 gateway run",
                cause);
    }
}
