package dev.ft900.agent.mqtt;

import dev.ft900.protocol.slot.BrokerAddress;
import dev.ft900.protocol.slot.Der;
import dev.ft900.protocol.slot.SlotRecord;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * The TLS of one slot: its own chain and key, its anchors and no others, its server name. TLS 1.2 and 1.3, forward secrecy only.
 */
final class SlotTls {
    private static final List<String> SUITES = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");

    /** When a thousand boards come at once each waits for the others; whoever gives up makes the broker do its work again. */
    private static final int HANDSHAKE_SECONDS = 30;

    private final SslContext context;
    private final BrokerAddress broker;

    SlotTls(SlotRecord slot, PrivateKey key) {
        broker = slot.broker();
        try {
            context = SslContextBuilder.forClient()
                    .sslProvider(SslProvider.JDK)
                    .keyManager(new SlotKeyManager(key, certificates(slot.chain())))
                    .trustManager(certificates(slot.anchors()))
                    .protocols("TLSv1.3", "TLSv1.2")
                    .ciphers(SUITES)
                    .build();
        } catch (SSLException | GeneralSecurityException e) {
            throw new IllegalStateException("the credentials of a committed slot were checked", e);
        }
    }

    private static X509Certificate[] certificates(List<Der> ders) throws GeneralSecurityException {
        var factory = CertificateFactory.getInstance("X.509");
        var certificates = new X509Certificate[ders.size()];
        for (int i = 0; i < certificates.length; i++) {
            certificates[i] = (X509Certificate) factory.generateCertificate(
                    new ByteArrayInputStream(ders.get(i).bytes()));
        }
        return certificates;
    }

    SslHandler newHandler(ByteBufAllocator allocator) {
        var engine = context.newEngine(allocator, broker.serverName(), broker.port());
        var parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        var handler = new SslHandler(engine);
        handler.setHandshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
        return handler;
    }

    /** Whether a failed handshake failed because this end does not trust the other. */
    static boolean isDistrust(Throwable cause) {
        for (var c = cause; c != null; c = c.getCause()) {
            if (c instanceof CertificateException) {
                return true;
            }
        }
        return false;
    }
}
