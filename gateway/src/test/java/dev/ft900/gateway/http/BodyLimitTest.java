package dev.ft900.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpTester;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BodyLimitTest {
    private static final int MOST_BYTES = 100;
    private static final long PATIENCE_SECONDS = 20;

    private final Server server = new Server();
    private final LocalConnector connector = new LocalConnector(server);
    private final Semaphore seen = new Semaphore(0);
    private LocalConnector.LocalEndPoint caller;

    @BeforeEach
    void start() throws Exception {
        server.addConnector(connector);
        server.setHandler(new Handler.Wrapper(new BodyLimit(MOST_BYTES, new Echo())) {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                boolean isHandled = super.handle(request, response, callback);
                seen.release();
                return isHandled;
            }
        });
        server.start();
        caller = connector.connect();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    @Test
    void aBodyWithinTheLimitArrivesWhole() throws Exception {
        send(head("Content-Length: " + MOST_BYTES), "x".repeat(MOST_BYTES));

        assertThat(answer().getStatus()).isEqualTo(200);
    }

    @Test
    void aCallerWhoStillSendsReadsTheRefusalAndKeepsItsConnection() throws Exception {
        send(head("Content-Length: 5000"), "x".repeat(2_000));
        assertThat(seen.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        send("x".repeat(3_000));
        var refused = answer();
        send(head("Content-Length: 2"), "{}");

        assertThat(refused.getStatus()).isEqualTo(413);
        assertThat(refused.getContent()).contains("expected a body of at most 100 bytes; got one of 5000");
        assertThat(answer().getContent()).isEqualTo("{}");
    }

    @Test
    void whatIsStatedToBeVeryLongIsRefusedBeforeItIsSent() throws Exception {
        send(head("Content-Length: " + (BodyLimit.READ_BYTES + 1)));

        assertThat(answer().getStatus()).isEqualTo(413);
    }

    @Test
    void aCallerWhoAsksFirstIsRefusedBeforeItSends() throws Exception {
        send(head("Content-Length: 5000\r\nExpect: 100-continue"));

        assertThat(answer().getStatus()).isEqualTo(413);
    }

    @Test
    void aBodyOfUnstatedLengthIsRefusedWhenItGrowsTooLong() throws Exception {
        send(
                head("Transfer-Encoding: chunked"),
                "64\r\n" + "x".repeat(100) + "\r\n64\r\n" + "x".repeat(100) + "\r\n0\r\n\r\n");

        assertThat(answer().getStatus()).isEqualTo(413);
    }

    private static String head(String fields) {
        return "POST /x HTTP/1.1\r\nHost: gateway\r\n" + fields + "\r\n\r\n";
    }

    private void send(String... parts) {
        caller.addInput(String.join("", parts));
    }

    private HttpTester.Response answer() throws Exception {
        return HttpTester.parseResponse(caller.getResponse(false, PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    /** Answers a request with its own body. */
    private static final class Echo extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            response.write(true, Content.Source.asByteBuffer(request), callback);
            return true;
        }
    }
}
