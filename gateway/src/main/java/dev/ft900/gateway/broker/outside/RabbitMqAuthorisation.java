package dev.ft900.gateway.broker.outside;

import dev.ft900.gateway.broker.BrokerException;
import dev.ft900.gateway.log.Seldom;
import dev.ft900.protocol.name.BoardId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers RabbitMQ's HTTP authorisation back end: a server on the loopback interface, under a path that only the broker knows. Several
 * gateways of one user may share the port; the system hands each connection to one that lives.
 */
final class RabbitMqAuthorisation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RabbitMqAuthorisation.class);

    private static final String LOOPBACK = "127.0.0.1";
    private static final int THREADS = 16;
    private static final int BACKLOG = 1_024;
    private static final int MAX_QUESTION_BYTES = 4_096;

    private final Server server;

    private RabbitMqAuthorisation(Server server) {
        this.server = server;
    }

    /** @throws BrokerException the port is taken */
    static RabbitMqAuthorisation start(KitSettings.RabbitMq settings, Predicate<BoardId> mayConnect)
            throws BrokerException {
        var threads = new QueuedThreadPool(THREADS);
        threads.setName("rabbitmq-asks");
        threads.setDaemon(true);
        var server = new Server(threads);
        var connector = new ServerConnector(server, 1, 1);
        connector.setHost(LOOPBACK);
        connector.setPort(settings.authorisationPort());
        connector.setReusePort(true);
        connector.setAcceptQueueSize(BACKLOG);
        server.addConnector(connector);
        server.setHandler(new Answer(new RabbitMqRules(mayConnect), settings.authorisationSecret()));
        try {
            server.start();
            return new RabbitMqAuthorisation(server);
        } catch (Exception e) {
            stop(server);
            throw new BrokerException(
                    "expected to answer RabbitMQ's questions on port " + settings.authorisationPort() + " of "
                            + LOOPBACK + "; " + e.getMessage()
                            + ". Free the port, or write the kit again with other --inner-ports.",
                    e);
        }
    }

    @Override
    public void close() {
        stop(server);
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("the server for RabbitMQ's questions did not stop in order", e);
        }
    }

    private static final class Answer extends Handler.Abstract {
        private final RabbitMqRules rules;
        private final byte[] secret;
        private final Seldom seldom = new Seldom(System::nanoTime);

        Answer(RabbitMqRules rules, String secret) {
            this.rules = rules;
            this.secret = secret.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            var kind = RabbitMqRules.kind(Request.getPathInContext(request), this::isSecret);
            if (kind.isEmpty() || request.getLength() > MAX_QUESTION_BYTES) {
                Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
                return true;
            }
            var question = new HashMap<String, String>();
            Request.getParameters(request).forEach(field -> question.put(field.getName(), field.getValue()));
            boolean allowed = decide(kind.get(), question);
            if (!allowed) {
                seldom.tell(question.getOrDefault("username", ""))
                        .ifPresent(unsaid -> LOG.warn(
                                "RabbitMQ was told no, as {} times before about this one: {} {}",
                                unsaid,
                                kind.get(),
                                question));
            }
            response.setStatus(HttpStatus.OK_200);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain");
            response.write(
                    true, ByteBuffer.wrap(RabbitMqRules.word(allowed).getBytes(StandardCharsets.US_ASCII)), callback);
            return true;
        }

        private boolean decide(String kind, HashMap<String, String> question) {
            try {
                return rules.allows(kind, question);
            } catch (RuntimeException e) {
                LOG.error("RabbitMQ was told no because the register could not be asked", e);
                return false;
            } finally {
                question.computeIfPresent("password", (name, value) -> "(not shown)");
            }
        }

        private boolean isSecret(String level) {
            return MessageDigest.isEqual(secret, level.getBytes(StandardCharsets.UTF_8));
        }
    }
}
