package dev.ft900.ca.flash;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.authority.PemException;
import dev.ft900.ca.store.BoardFacts;
import dev.ft900.protocol.name.BoardId;
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
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Hands the signing request to a gateway: {@code POST /api/v1/devices}. */
public final class GatewayCertifier implements Certifier {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);
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

    @Override
    public Certification certify(BoardId id, byte[] signingRequest, BoardFacts facts) throws CertifierException {
        var body = JSON.createObjectNode().put("id", id.value()).put("csr", Pem.request(signingRequest));
        body.putObject("board")
                .put("uid", facts.uid().toString())
                .put("mac", facts.mac().toString())
                .put("chipId", facts.chipId())
                .put("firmware", facts.firmware().value());
        var request = HttpRequest.newBuilder(devices)
                .timeout(ANSWER)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofString());
            var answer = JSON.readTree(response.body());
            if (response.statusCode() != 201) {
                throw new CertifierException("the gateway refused (" + response.statusCode() + "): "
                        + answer.path("detail").asText(answer.path("title").asText("it gave no reason")));
            }
            return read(answer);
        } catch (JacksonException | PemException | IllegalArgumentException e) {
            throw new CertifierException(
                    "expected the answer of a gateway of this toolkit at " + devices + "; got something else ("
                            + e.getMessage() + "). Check the address.",
                    e);
        } catch (IOException e) {
            throw new CertifierException(
                    "expected a gateway at " + devices + "; it cannot be reached: " + reason(e)
                            + ". Check address and certificate (--ca).",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CertifierException("interrupted while waiting for the gateway", e);
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static Certification read(JsonNode answer) throws PemException {
        var broker = answer.path("broker");
        return new Certification(
                Pem.readCertificates(answer.path("chain").asText()),
                Pem.readCertificates(answer.path("anchors").asText()),
                new BrokerAddress(
                        broker.path("host").asText(),
                        broker.path("port").asInt(),
                        broker.path("serverName").asText()));
    }
}
