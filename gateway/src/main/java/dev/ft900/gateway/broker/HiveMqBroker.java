package dev.ft900.gateway.broker;

import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import com.hivemq.extension.sdk.api.services.session.ClientService;
import dev.ft900.gateway.tls.TlsIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HiveMQ Community Edition, with everything in memory. */
public final class HiveMqBroker implements EmbeddedBroker {
    private static final Logger LOG = LoggerFactory.getLogger(HiveMqBroker.class);

    private static final int START_SECONDS = 60;
    private static final int STOP_SECONDS = 20;
    private static final int DISCONNECT_SECONDS = 5;

    /** When a thousand boards come at once each waits for the others; whoever is sent away has its handshake made again. */
    private static final Duration HANDSHAKE = Duration.ofSeconds(30);

    /** From there to CONNECT. */
    private static final Duration CONNECT = Duration.ofSeconds(20);

    private final EmbeddedHiveMQ hiveMq;
    private final ClientService clients;
    private final int port;
    private final BrokerTls tls;

    private HiveMqBroker(EmbeddedHiveMQ hiveMq, ClientService clients, int port, BrokerTls tls) {
        this.tls = tls;
        this.hiveMq = hiveMq;
        this.clients = clients;
        this.port = port;
    }

    /**
     * Starts a broker. Returns when it accepts connections.
     *
     * @throws BrokerException it cannot listen, or does not start
     */
    public static HiveMqBroker start(BrokerSettings settings, BrokerAccess access) throws BrokerException {
        EmbeddedHiveMQ hiveMq = null;
        try {
            var conf = Files.createDirectories(settings.scratch().resolve("conf"));
            var tls = BrokerTls.write(settings);
            Files.writeString(conf.resolve("config.xml"), configuration(settings, tls));
            var extension = new AccessExtension(access);
            hiveMq = EmbeddedHiveMQ.builder()
                    .withConfigurationFolder(conf)
                    .withDataFolder(Files.createDirectories(settings.scratch().resolve("data")))
                    .withExtensionsFolder(
                            Files.createDirectories(settings.scratch().resolve("extensions")))
                    .withEmbeddedExtension(EmbeddedExtension.builder()
                            .withId("ft900-access")
                            .withName("FT900 access")
                            .withVersion("1")
                            .withExtensionMain(extension)
                            .build())
                    .withoutLoggingBootstrap()
                    .build();
            hiveMq.start().get(START_SECONDS, TimeUnit.SECONDS);
            return new HiveMqBroker(hiveMq, extension.clients, settings.port(), tls);
        } catch (IOException | ExecutionException | TimeoutException | CompletionException e) {
            stop(hiveMq);
            throw new BrokerException(
                    "expected the broker to start on " + settings.address().getHostAddress() + ":" + settings.port()
                            + "; " + rootMessage(e)
                            + ". Check that the port is free, or choose another with --mqtt-port.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop(hiveMq);
            throw new BrokerException("interrupted while the broker was starting", e);
        }
    }

    private static String rootMessage(Throwable e) {
        var cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static String configuration(BrokerSettings settings, BrokerTls tls) {
        return """
                <?xml version="1.0"?>
                <hivemq>
                  <listeners>
                    <tls-tcp-listener>
                      <port>%s</port>
                      <bind-address>%s</bind-address>
                      <tls>
                        <protocols>%s</protocols>
                        <cipher-suites>%s</cipher-suites>
                        <keystore>
                          <path>%s</path>
                          <password>%s</password>
                          <private-key-password>%s</private-key-password>
                        </keystore>
                        <handshake-timeout>%s</handshake-timeout>
                        <client-authentication-mode>REQUIRED</client-authentication-mode>
                        <truststore>
                          <path>%s</path>
                          <password>%s</password>
                        </truststore>
                      </tls>
                    </tls-tcp-listener>
                  </listeners>
                  <mqtt>
                    <packets><max-packet-size>65536</max-packet-size></packets>
                    <shared-subscriptions><enabled>false</enabled></shared-subscriptions>
                    <keep-alive><allow-unlimited>false</allow-unlimited><max-keep-alive>1200</max-keep-alive></keep-alive>
                  </mqtt>
                  <restrictions>
                    <max-topic-length>256</max-topic-length>
                    <max-client-id-length>64</max-client-id-length>
                    <no-connect-idle-timeout>%s</no-connect-idle-timeout>
                  </restrictions>
                  <security><allow-empty-client-id><enabled>false</enabled></allow-empty-client-id></security>
                  <persistence><mode>in-memory</mode></persistence>
                  <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
                </hivemq>
                """.formatted(
                        settings.port(),
                        settings.address().getHostAddress(),
                        elements("protocol", TlsIdentity.PROTOCOLS),
                        elements("cipher-suite", TlsIdentity.SUITES),
                        tls.keyStore().toAbsolutePath(),
                        tls.password(),
                        tls.password(),
                        HANDSHAKE.toMillis(),
                        tls.trustStore().toAbsolutePath(),
                        tls.password(),
                        CONNECT.toMillis());
    }

    private static String elements(String name, List<String> values) {
        return values.stream()
                .map(value -> "<" + name + ">" + value + "</" + name + ">")
                .collect(Collectors.joining());
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void disconnect(String clientId) {
        try {
            clients.disconnectClient(clientId).get(DISCONNECT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.error("the broker did not disconnect {}", clientId, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public long connections() {
        var gauge = hiveMq.getMetricRegistry().getGauges().get("com.hivemq.networking.connections.current");
        return gauge == null ? 0 : ((Number) gauge.getValue()).longValue();
    }

    /** HiveMQ looks every ten seconds whether its stores have changed, and makes a new TLS context of them. */
    @Override
    public void use(TlsIdentity identity) {
        try {
            tls.writeKeys(identity);
        } catch (IOException e) {
            throw new UncheckedIOException("the broker's new certificate cannot be written", e);
        }
    }

    @Override
    public void close() {
        stop(hiveMq);
    }

    private static void stop(EmbeddedHiveMQ hiveMq) {
        if (hiveMq != null) {
            try {
                hiveMq.stop().get(STOP_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                LOG.warn("the broker did not stop in order: {}", rootMessage(e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Puts {@link BrokerAccess} where HiveMQ asks for it. */
    private static final class AccessExtension implements ExtensionMain {
        private final BrokerAccess access;
        /** This broker's own: {@link Services} answers for whichever broker of the process started last. */
        private volatile ClientService clients;

        AccessExtension(BrokerAccess access) {
            this.access = access;
        }

        @Override
        public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
            clients = Services.clientService();
            Services.securityRegistry().setAuthenticatorProvider(provider -> new HiveMqAuthenticator(access));
            Services.eventRegistry().setClientLifecycleEventListener(provider -> new HiveMqLifecycle(access));
        }

        @Override
        public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {
            // Nothing is held.
        }
    }
}
