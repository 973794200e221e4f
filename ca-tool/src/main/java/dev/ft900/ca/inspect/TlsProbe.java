package dev.ft900.ca.inspect;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Asks a TLS server who it is. Trusts nobody and nothing: it looks at the certificates that come and hangs up. A server that insists
 * on a client certificate shows its own first all the same.
 */
public final class TlsProbe {
    private TlsProbe() {}

    /**
     * What a server showed.
     *
     * @param chain its own certificate first
     * @param protocol such as {@code TLSv1.3}; empty when the server ended the handshake
     * @param suite the cipher suite; empty in the same case
     */
    public record Shown(List<X509Certificate> chain, Optional<String> protocol, Optional<String> suite) {}

    /**
     * Asks once.
     *
     * @param patience for the connection, and again for each answer
     * @throws SocketTimeoutException nobody answered in time
     * @throws IOException nobody listens there, or what listens speaks no TLS
     */
    public static Shown ask(String host, int port, Duration patience) throws IOException {
        var eyes = new Eyes();
        int millis = (int) patience.toMillis();
        try (var plain = new Socket()) {
            plain.connect(new InetSocketAddress(host, port), millis);
            plain.setSoTimeout(millis);
            var socket = (SSLSocket) context(eyes).getSocketFactory().createSocket(plain, host, port, false);
            var parameters = socket.getSSLParameters();
            serverName(host).ifPresent(name -> parameters.setServerNames(List.of(name)));
            socket.setSSLParameters(parameters);
            try {
                socket.startHandshake();
                var session = socket.getSession();
                return new Shown(eyes.chain, Optional.of(session.getProtocol()), Optional.of(session.getCipherSuite()));
            } catch (SSLException e) {
                if (eyes.chain.isEmpty()) {
                    throw e;
                }
                return new Shown(eyes.chain, Optional.empty(), Optional.empty());
            }
        }
    }

    static Optional<SNIHostName> serverName(String host) {
        // An address is no server name (RFC 6066, section 3).
        if (host.matches("[0-9.]+|.*:.*|[^.]*")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SNIHostName(host));
        } catch (IllegalArgumentException e) {
            // A name that DNS may resolve and certificates cannot hold, such as my_host.example.
            return Optional.empty();
        }
    }

    private static SSLContext context(TrustManager eyes) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {eyes}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform speaks TLS", e);
        }
    }

    /** Remembers what it was shown. Nothing is sent over the connection, so nothing is trusted to it. */
    private static final class Eyes implements X509TrustManager {
        private volatile List<X509Certificate> chain = List.of();

        @Override
        public void checkClientTrusted(X509Certificate[] shown, String type) {
            throw new UnsupportedOperationException("a probe is no server");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] shown, String type) {
            chain = List.of(shown);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
