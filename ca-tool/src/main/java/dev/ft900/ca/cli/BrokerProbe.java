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
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

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
            plain.connect(new InetSocketAddress(broker.host(), broker.port()), PATIENCE_MILLIS);
            plain.setSoTimeout(PATIENCE_MILLIS);
            try (var tls = (SSLSocket)
                    context(anchors).getSocketFactory().createSocket(plain, broker.serverName(), broker.port(), true)) {
                var parameters = tls.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                tls.setSSLParameters(parameters);
                tls.startHandshake();
                return Check.ok(name, broker.uri() + " is there, and the board will trust it" + NO_FURTHER);
            }
        } catch (SSLException e) {
            // In TLS 1.2 it may refuse a client without certificate within the handshake: then it has been trusted
            // already.
            return isDistrust(e)
                    ? Check.fail(
                            name,
                            "the board will not trust " + broker.uri() + ": " + e.getMessage(),
                            "its certificate must lead to an anchor of the slot and have the name "
                                    + broker.serverName() + "; provision the board for this broker")
                    : Check.ok(name, broker.uri() + " is there, and asks for a certificate" + NO_FURTHER);
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

    private static boolean isDistrust(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof GeneralSecurityException) {
                return true;
            }
        }
        return false;
    }

    private static SSLContext context(List<Der> anchors) throws GeneralSecurityException, IOException, PemException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < anchors.size(); i++) {
            store.setCertificateEntry(
                    "anchor" + i, Pem.readCertificate(anchors.get(i).bytes()));
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
