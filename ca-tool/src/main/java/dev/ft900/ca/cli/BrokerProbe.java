package dev.ft900.ca.cli;

import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.authority.PemException;
import dev.ft900.protocol.slot.BrokerAddress;
import dev.ft900.protocol.slot.Der;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Looks at a broker as a board does, up to the point where the board would show its key: is it there, does its certificate lead to an
 * anchor of the slot, does it have the name that the slot says?
 */
final class BrokerProbe {
    private static final int PATIENCE_MILLIS = 5_000;

    /** Nobody but the board can show its certificate. */
    private static final String NO_FURTHER =
            "; whether it lets the board in is not tried here, since the board alone has its key";

    private BrokerProbe() {}

    static Check look(String name, BrokerAddress broker, List<Der> anchors) {
        try (var plain = new Socket()) {
            var trust = new BoardTrust(anchors);
            plain.connect(new InetSocketAddress(broker.host(), broker.port()), PATIENCE_MILLIS);
            plain.setSoTimeout(PATIENCE_MILLIS);
            return greet(name, broker, plain, trust);
        } catch (IOException e) {
            return Check.fail(
                    name,
                    broker.uri() + " cannot be reached: " + e.getMessage(),
                    "start it, or check address, port and firewall");
        } catch (GeneralSecurityException | PemException e) {
            return Check.fail(
                    name, "the slot's anchors cannot be read: " + e.getMessage(), "provision the board again");
        }
    }

    private static Check greet(String name, BrokerAddress broker, Socket plain, BoardTrust trust)
            throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {trust}, null);
        try (var tls =
                (SSLSocket) context.getSocketFactory().createSocket(plain, broker.serverName(), broker.port(), true)) {
            var parameters = tls.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            tls.setSSLParameters(parameters);
            tls.startHandshake();
            return Check.ok(name, broker.uri() + " is there, and the board will trust it" + NO_FURTHER);
        } catch (IOException e) {
            if (trust.accepted) {
                // In TLS 1.2 it may refuse a client without certificate within the handshake.
                return Check.ok(name, broker.uri() + " is there, and asks for a certificate" + NO_FURTHER);
            }
            return isDistrust(e)
                    ? Check.fail(
                            name,
                            "the board will not trust " + broker.uri() + ": " + e.getMessage(),
                            "its certificate must lead to an anchor of the slot and have the name "
                                    + broker.serverName() + "; provision the board for this broker")
                    : Check.fail(
                            name,
                            "somebody listens at " + broker.uri() + ", and showed no certificate: " + e.getMessage(),
                            "the slot must name the port at which the broker speaks TLS 1.2 or newer, as a rule 8883"
                                    + " and not 1883; see what runs there, or provision the board for the right port");
        }
    }

    private static boolean isDistrust(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof GeneralSecurityException) {
                return true;
            }
        }
        return false;
    }

    /** Trusts whom the board trusts, and remembers whether it did. */
    private static final class BoardTrust extends X509ExtendedTrustManager {
        private final X509ExtendedTrustManager anchors;
        private volatile boolean accepted;

        BoardTrust(List<Der> anchors) throws GeneralSecurityException, IOException, PemException {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < anchors.size(); i++) {
                store.setCertificateEntry(
                        "anchor" + i, Pem.readCertificate(anchors.get(i).bytes()));
            }
            var factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            this.anchors = (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        }

        @Override
        public void checkServerTrusted(X509Certificate[] shown, String type, Socket socket)
                throws CertificateException {
            anchors.checkServerTrusted(shown, type, socket);
            accepted = true;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] shown, String type, SSLEngine engine) {
            throw new UnsupportedOperationException("a probe has a socket");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] shown, String type) {
            throw new UnsupportedOperationException("a probe has a socket");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] shown, String type, Socket socket) {
            throw new UnsupportedOperationException("a probe is no server");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] shown, String type, SSLEngine engine) {
            throw new UnsupportedOperationException("a probe is no server");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] shown, String type) {
            throw new UnsupportedOperationException("a probe is no server");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return anchors.getAcceptedIssuers();
        }
    }
}
