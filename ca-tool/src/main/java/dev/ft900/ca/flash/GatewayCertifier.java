package dev.ft900.ca.flash;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.authority.PemException;
import dev.ft900.ca.store.BoardFacts;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.provisioning.BoardIdentity;
import dev.ft900.protocol.slot.BrokerAddress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Hands the signing request to a gateway: {@code POST /api/v1/devices}, and {@code POST /api/v1/devices/ID/certificates} for a board that
 * is registered already.
 */
public final class GatewayCertifier implements Certifier, OnlineCheck {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int CONFLICT = 409;
    private static final int GONE_AGAIN = 503;
    private static final JsonMapper JSON = new JsonMapper();

    private final URI devices;
    private final String token;
    private final HttpClient http;

    /**
     * @param gateway base of the API, for example {@code https://gateway.example:8443}
     * @param token that may register devices
     * @param anchors certificates to trust; empty means those of the Java platform
     */
    public GatewayCertifier(URI gateway, String token, List<X509Certificate> anchors) {
        this.devices = gateway.resolve("/api/v1/devices");
        this.token = token;
        var builder = HttpClient.newBuilder().connectTimeout(CONNECT);
        this.http = (anchors.isEmpty() ? builder : builder.sslContext(trusting(anchors))).build();
    }

    private static SSLContext trusting(List<X509Certificate> anchors) {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < anchors.size(); i++) {
                store.setCertificateEntry("anchor" + i, anchors.get(i));
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java platform can trust a certificate", e);
        }
    }

    /** No gateway is at this address, or it cannot be spoken to. */
    public static final class UnreachableException extends CertifierException {
        private static final long serialVersionUID = 1L;

        UnreachableException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The gateway said no. */
    public static final class RefusedException extends CertifierException {
        private static final long serialVersionUID = 1L;

        private final int status;

        RefusedException(int status, String reason) {
            super("the gateway refused (" + status + "): " + reason);
            this.status = status;
        }

        /** The HTTP status. */
        public int status() {
            return status;
        }
    }

    @Override
    public Certification certify(BoardId id, byte[] signingRequest, BoardFacts facts) throws CertifierException {
        var body = JSON.createObjectNode().put("csr", Pem.request(signingRequest));
        body.putObject("board")
                .put("uid", facts.uid().toString())
                .put("mac", facts.mac().toString())
                .put("chipId", facts.chipId())
                .put("firmware", facts.firmware().value());
        var renewal = body.deepCopy();
        var answer = post(devices, body.put("id", id.value()));
        if (answer.status() == CONFLICT && answer.body().path("type").asText().endsWith(":device-exists")) {
            answer = post(device(id, "/certificates"), renewal);
        }
        if (answer.status() != CREATED) {
            throw refused(answer);
        }
        try {
            return read(answer.body());
        } catch (PemException | IllegalArgumentException e) {
            throw notAGateway(e);
        }
    }

    /**
     * {@inheritDoc} Then the gateway is told with which certificate the board is there, so that older ones are superseded whatever its
     * broker: a station that asks again does no harm.
     */
    @Override
    public boolean isOnline(BoardId id, String serial, BoardIdentity board) throws CertifierException {
        if (!isConnected(id, board)) {
            return false;
        }
        var inUse = JSON.createObjectNode().put("slotGeneration", board.generation());
        var told = send(request(device(id, "/certificates/" + serial + "/in-use"))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(inUse.toString())));
        if (told.status() == GONE_AGAIN) {
            // Offline in the meantime: whoever waits asks again.
            return false;
        }
        if (told.status() != OK) {
            throw refused(told);
        }
        return true;
    }

    /**
     * Whether a board is connected since this boot with the slot that it has. Generations alone would not tell: they begin anew when a
     * board is erased, and a gateway takes a board that is gone for connected until its keep-alive ends. Changes nothing.
     */
    public boolean isConnected(BoardId id, BoardIdentity board) throws CertifierException {
        var answer = send(request(device(id, "")).GET());
        if (answer.status() != OK) {
            throw refused(answer);
        }
        return answer.body().path("online").asBoolean()
                && answer.body().path("slotGeneration").asLong() == board.generation()
                && answer.body().path("bootId").asText().equals(board.boot().value());
    }

    /** Where it is. */
    public URI address() {
        return devices.resolve("/");
    }

    /** How many devices it knows: so it is there, and takes our token. */
    public int devices() throws CertifierException {
        var answer = send(request(devices).GET());
        if (answer.status() != OK) {
            throw refused(answer);
        }
        return answer.body().path("devices").size();
    }

    private URI device(BoardId id, String below) {
        return URI.create(devices + "/" + id + below);
    }

    private record Answer(int status, JsonNode body) {}

    private Answer post(URI to, ObjectNode body) throws CertifierException {
        return send(request(to)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    private HttpRequest.Builder request(URI to) {
        return HttpRequest.newBuilder(to).timeout(ANSWER).header("Authorization", "Bearer " + token);
    }

    private Answer send(HttpRequest.Builder request) throws CertifierException {
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        } catch (JacksonException e) {
            throw notAGateway(e);
        } catch (IOException e) {
            throw new UnreachableException(
                    "expected a gateway at " + devices + "; it cannot be reached: " + reason(e)
                            + ". Check address and certificate (--ca).",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CertifierException("interrupted while waiting for the gateway", e);
        }
    }

    private static RefusedException refused(Answer answer) {
        return new RefusedException(
                answer.status(),
                answer.body().path("detail").asText(answer.body().path("title").asText("it gave no reason")));
    }

    private UnreachableException notAGateway(Exception e) {
        return new UnreachableException(
                "expected the answer of a gateway of this toolkit at " + devices + "; got something else ("
                        + e.getMessage() + "). Check the address.",
                e);
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static Certification read(JsonNode answer) throws PemException {
        var broker = answer.path("broker");
        var warnings = new ArrayList<String>();
        answer.path("warnings").forEach(warning -> warnings.add(warning.asText()));
        return new Certification(
                Pem.readCertificates(answer.path("chain").asText()),
                Pem.readCertificates(answer.path("anchors").asText()),
                new BrokerAddress(
                        broker.path("host").asText(),
                        broker.path("port").asInt(),
                        broker.path("serverName").asText()),
                warnings);
    }
}
