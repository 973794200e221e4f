package dev.ft900.gateway.http;

import dev.ft900.gateway.access.Access;
import dev.ft900.gateway.access.AuditLog;
import dev.ft900.gateway.operations.Metrics;
import dev.ft900.gateway.operations.Readiness;
import dev.ft900.gateway.tls.TlsIdentity;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.servlet.ServletContainer;

/** The HTTPS server: Jetty with Jersey. */
public final class RestServer implements AutoCloseable {
    private static final long STOP_MILLIS = 3_000;
    private static final Duration HSTS = Duration.ofDays(365);
    private static final Duration STREAMS_END = Duration.ofSeconds(2);
    private static final Duration BODY_PATIENCE = Duration.ofSeconds(30);

    /** Those of both kinds of key, since a certificate from elsewhere may have either, and another after a while. */
    private static final List<String> SUITES = Stream.concat(
                    TlsIdentity.SUITES.stream(),
                    Stream.of("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"))
            .toList();

    private final Server server;
    private final LoopConnector connector;
    private final ServingThreads threads;
    private final SslContextFactory.Server tls;
    private final RestSettings settings;
    private final Drain drain = new Drain();

    private RestServer(
            Server server,
            LoopConnector connector,
            ServingThreads threads,
            SslContextFactory.Server tls,
            RestSettings settings) {
        this.tls = tls;
        this.settings = settings;
        this.server = server;
        this.connector = connector;
        this.threads = threads;
    }

    /** The server for an address, not yet listening. */
    public static RestServer create(InetAddress address, int port, TlsIdentity identity, RestSettings settings) {
        var threads = new ServingThreads();
        var server = new Server(threads);
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(settings.limits().headerBytes());
        // Clients may call by address: the names that count are checked by them, in our certificate.
        var secure = new SecureRequestCustomizer(false);
        secure.setStsMaxAge(settings.hsts() ? HSTS.toSeconds() : -1);
        http.addCustomizer(secure);
        var tls = tls(identity);
        var alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol("http/1.1");
        var connector = new LoopConnector(
                server,
                new SslConnectionFactory(tls, alpn.getProtocol()),
                alpn,
                new HTTP2ServerConnectionFactory(http),
                new HttpConnectionFactory(http));
        connector.setHost(address.getHostAddress());
        connector.setPort(port);
        connector.setIdleTimeout(settings.limits().idle().toMillis());
        server.addConnector(connector);
        // Not at once: a caller who sends nothing good, one behind the other, would keep the loop for itself.
        server.setErrorHandler(new ProblemErrors(connection -> LoopConnector.loopOf(connection, threads)));
        server.setStopTimeout(STOP_MILLIS);
        server.addBean(new NetworkConnectionLimit(settings.limits().connections(), connector));
        return new RestServer(server, connector, threads, tls, settings);
    }

    /** Shows another certificate to whoever connects from now on. */
    public void use(TlsIdentity identity) {
        try {
            tls.reload(factory -> factory.setKeyStore(identity.keyStore()));
        } catch (Exception e) {
            throw new IllegalStateException("every Java platform makes a TLS context of a checked key", e);
        }
    }

    private static SslContextFactory.Server tls(TlsIdentity identity) {
        var tls = new SslContextFactory.Server();
        tls.setKeyStore(identity.keyStore());
        tls.setKeyStorePassword("");
        tls.setKeyManagerPassword("");
        tls.setIncludeProtocols(TlsIdentity.PROTOCOLS.toArray(String[]::new));
        tls.setExcludeProtocols();
        tls.setIncludeCipherSuites(SUITES.toArray(String[]::new));
        tls.setExcludeCipherSuites();
        tls.setRenegotiationAllowed(false);
        // A certificate instead of a token, for those who have one; whom it lets in is decided at each request.
        tls.setTrustStore(identity.trustStore());
        tls.setWantClientAuth(true);
        return tls;
    }

    /** The threads that serve requests, for work that belongs to one. */
    public Executor executor() {
        return threads;
    }

    /**
     * Begins to listen. Returns when requests are served.
     *
     * @throws IOException the port cannot be had
     */
    public void start(Serving serving) throws IOException {
        var resources = new ResourceConfig()
                .register(DevicesResource.class)
                .register(DeviceResource.class)
                .register(CertificatesResource.class)
                .register(CertificateInUseResource.class)
                .register(PinsResource.class)
                .register(ClockResource.class)
                .register(ControlResource.class)
                .register(QueueResource.class)
                .register(DesiredResource.class)
                .register(MetaResource.class)
                .register(CallerResource.class)
                .register(EventsResource.class)
                .register(DeviceEventsResource.class)
                .register(new AbstractBinder() {
                    @Override
                    protected void configure() {
                        bind(serving.devices()).to(Devices.class);
                        bind(serving.feed()).to(EventFeed.class);
                        bind(serving.access()).to(Access.class);
                        bind(serving.audit()).to(AuditLog.class);
                        bind(serving.readiness()).to(Readiness.class);
                        bind(serving.metrics()).to(Metrics.class);
                        bindAsContract(Commanding.class).in(Singleton.class);
                        bindAsContract(Scopes.class).in(Singleton.class);
                    }
                })
                .register(TokensResource.class)
                .register(OperationsResource.class)
                .register(GroupsResource.class)
                .register(AuditResource.class)
                .register(new AccessFilter(serving.access()), Priorities.AUTHORIZATION)
                .register(new IdempotencyFilter(serving.idempotency()), Priorities.ENTITY_CODER)
                .register(new AuditFilter(
                        serving.audit(), serving.refusals(), serving.devices().clock()))
                .register(new ProblemMapper())
                // So that a status set by Jersey itself goes through our mapper and not through the container's pages.
                .property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true)
                .property(ServerProperties.WADL_FEATURE_DISABLE, true);
        if (!settings.origins().isEmpty()) {
            resources.register(new CorsFilter(settings.origins()), Priorities.HEADER_DECORATOR);
        }
        var holder = new ServletHolder(new ServletContainer(resources));
        holder.setAsyncSupported(true);
        holder.setInitOrder(1);
        var context = new ServletContextHandler("/", ServletContextHandler.NO_SESSIONS);
        context.addServlet(holder, "/*");
        context.setErrorHandler(new ProblemErrors(connection -> Runnable::run));
        server.setHandler(chain(settings.limits(), drain, threads, serving.devices(), serving.access(), context));
        try {
            server.start();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server cannot be started", e);
        }
    }

    /** What a request goes through. Up to the pads' reads nothing waits ({@link PoolHandler}). */
    static Handler chain(
            RestSettings.Limits limits, Drain drain, Executor pool, Devices devices, Access access, Handler resources) {
        var whole = new WholeBody(limits.bodyBytes(), BODY_PATIENCE, new PageHandler(resources));
        drain.setHandler(new UrlLimit(limits.urlBytes(), new PadReads(devices, access, new PoolHandler(pool, whole))));
        return new RequestIds(new SecureHeaders(drain));
    }

    /** The port on which it listens. */
    public int port() {
        return connector.getLocalPort();
    }

    /** How many requests are under way, without streams of events. */
    public int underWay() {
        return drain.underWay();
    }

    /** How many threads serve requests just now. */
    public int busyThreads() {
        return threads.getBusyThreads();
    }

    /** Whether it is about to stop. */
    public boolean isDraining() {
        return drain.isDraining();
    }

    /**
     * Takes no more connections and no more calls, and lets those under way finish. When it returns, all but streams of events are
     * answered.
     *
     * @param patience how long they may take; who has no answer then is told that none will come
     */
    public void drain(Duration patience) {
        drain.begin();
        connector.close();
        try {
            drain.finish(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops. What is under way is cut off, but for streams that have just been ended. */
    @Override
    public void close() {
        try {
            drain.begin();
            drain.awaitStreams(STREAMS_END);
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server did not stop", e);
        }
    }

    /** Problems for what never reaches a resource: broken HTTP, headers too long, bodies too large. */
    private static final class ProblemErrors extends ErrorHandler {
        private final Function<Connection, Executor> writers;

        /** @param writers who writes the answers on a connection */
        ProblemErrors(Function<Connection, Executor> writers) {
            this.writers = writers;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            int status = response.getStatus();
            if (HttpStatus.isRedirection(status)) {
                // Jetty says by this way too that a part of the page did not change.
                callback.succeeded();
                return true;
            }
            var message = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
            var problem = Problems.ofStatus(status, message == null ? null : message.toString());
            response.setStatus(problem.kind().status());
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
            SecureHeaders.addTo(response);
            writers.apply(request.getConnectionMetaData().getConnection())
                    .execute(() -> Content.Sink.write(response, true, json(problem), callback));
            return true;
        }

        private static String json(Problem problem) {
            return new String(ProblemJson.write(problem), StandardCharsets.UTF_8);
        }
    }
}
