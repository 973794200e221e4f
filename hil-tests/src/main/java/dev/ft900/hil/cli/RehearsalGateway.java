package dev.ft900.hil.cli;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.authority.PemException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Somebody to call in a {@link Rehearsal}: has no boards, whatever it is asked. On loopback, with a thread of its own. */
final class RehearsalGateway implements AutoCloseable {
    private static final byte[] NO_DEVICES = "{\"devices\":[]}".getBytes(StandardCharsets.US_ASCII);
    private static final char[] NO_PASSWORD = {};

    private final HttpsServer server;

    /** @param folder with key and chain of {@code name} */
    RehearsalGateway(Path folder, String name) throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(identity(folder, name)));
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, NO_DEVICES.length);
            try (var body = exchange.getResponseBody()) {
                body.write(NO_DEVICES);
            }
        });
        server.start();
    }

    private static SSLContext identity(Path folder, String name) throws IOException {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    name,
                    Pem.readPrivateKey(folder.resolve(name + ".key.pem")),
                    NO_PASSWORD,
                    Pem.readCertificates(folder.resolve(name + ".chain.pem")).toArray(Certificate[]::new));
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, NO_PASSWORD);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | PemException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    String address() {
        return "https://localhost:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
