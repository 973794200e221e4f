package dev.ft900.hil;

import dev.ft900.ca.authority.Authority;
import dev.ft900.ca.authority.AuthorityFolder;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.authority.Profiles;
import dev.ft900.ca.authority.SubjectName;
import dev.ft900.ca.store.CertificateStore;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.gateway.app.Gateway;
import dev.ft900.gateway.app.GatewaySettings;
import dev.ft900.gateway.tls.TlsIdentity;
import dev.ft900.hil.chain.Chain;
import dev.ft900.hil.rest.RestClient;
import dev.ft900.protocol.name.BoardId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A chain with one board for tests of what a whole gateway does: with settings of its own, or to its end. */
final class OwnChain implements AutoCloseable {
    static final BoardId BOARD = new BoardId("board1");

    private final Chain chain;
    private final RestClient rest;

    private OwnChain(Chain chain) {
        this.chain = chain;
        rest = new RestClient(address(), gateway().token(), root()).watchedBy(Contract.ofGateway());
    }

    static OwnChain start(Path folder, UnaryOperator<GatewaySettings> with) throws Exception {
        var settings = with.apply(GatewaySettings.onLoopback(new StateFolder(folder), 0, 0));
        return new OwnChain(Chain.start(settings, List.of(BOARD), words -> {}));
    }

    Gateway gateway() {
        return chain.gateway();
    }

    URI address() {
        return gateway().endpoints().gateway();
    }

    X509Certificate root() {
        return gateway().authority().root();
    }

    /** With the developer's token; every answer is held to the contract. */
    RestClient rest() {
        return rest;
    }

    /** A client that trusts this chain, for what the REST client does not show. */
    HttpClient http() {
        return http(RestClient.trusting(root()));
    }

    static HttpClient http(SSLContext tls) {
        return HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(10))
                .sslContext(tls)
                .build();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address().resolve(path)).timeout(Duration.ofSeconds(30));
    }

    /** A TLS connection to one of its ports, after the handshake. */
    SSLSocket connect(int port) throws Exception {
        var socket = (SSLSocket) RestClient.trusting(root()).getSocketFactory().createSocket("localhost", port);
        socket.setSoTimeout(10_000);
        socket.startHandshake();
        return socket;
    }

    static X509Certificate shownBy(SSLSocket socket) throws Exception {
        return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }

    /** A certificate of some authority in a state folder, which registers nobody. */
    static TlsIdentity issue(Path folder, String profile, String name) throws Exception {
        var state = new StateFolder(folder);
        try (var database = StateDatabase.open(state)) {
            Authority authority = new AuthorityFolder(state, database, Clock.systemUTC()).openOrCreate();
            var key = KeyKind.P256.generate();
            var issued = database.jdbi()
                    .inTransaction(handle -> authority.issue(
                            new CertificateStore(handle),
                            authority.profiles().get(profile),
                            name,
                            profile.equals(Profiles.BOARD) || profile.equals("rest-client")
                                    ? List.of()
                                    : List.of(SubjectName.ofHost("localhost").orElseThrow()),
                            key.getPublic(),
                            Optional.empty()));
            return new TlsIdentity(key.getPrivate(), issued.chain(), List.of(authority.root()));
        }
    }

    /** Stops it before its time. */
    void stop() {
        chain.close();
    }

    @Override
    public void close() {
        stop();
    }
}
