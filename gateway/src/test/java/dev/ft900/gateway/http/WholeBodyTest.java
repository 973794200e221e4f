package dev.ft900.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class WholeBodyTest {
    private static final int MOST_BYTES = 100;
    private static final long PATIENCE_SECONDS = 20;

    private static final int THREADS = 8;

    private final Server server = new Server(new QueuedThreadPool(THREADS));
    private final LocalConnector connector = new LocalConnector(server);
    private final Semaphore seen = new Semaphore(0);
    private LocalConnector.LocalEndPoint caller;
    private boolean isHasty;

    /** Long, so that what is slow is said to be so by the tests and not by a busy machine. */
    private Duration patience() {
        return Duration.ofSeconds(isHasty ? 1 : 300);
    }

    @BeforeEach
    void start(TestInfo test) throws Exception {
        isHasty = test.getTags().contains("hasty");
        server.addConnector(connector);
        server.setHandler(new Handler.Wrapper(new WholeBody(MOST_BYTES, patience(), new Echo())) {
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
        send(head("Content-Length: " + (WholeBody.READ_BYTES + 1)));

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

    @Test
    void aBodyThatComesInPiecesArrivesWhole() throws Exception {
        send(head("Content-Length: 6"), "ab");
        assertThat(seen.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        send("cd");
        send("ef");

        assertThat(answer().getContent()).isEqualTo("abcdef");
    }

    @Test
    void callersWhoDoNotSendWhatTheyAnnouncedHoldNobodyUp() throws Exception {
        for (int i = 0; i < 5 * THREADS; i++) {
            connector.connect().addInput(head("Content-Length: 100") + "x");
            assertThat(seen.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        }

        send(head("Content-Length: 2"), "{}");

        assertThat(answer().getContent()).isEqualTo("{}");
    }

    @Test
    @Tag("hasty")
    void aBodyThatDoesNotComeInTimeIsRefused() throws Exception {
        send(head("Content-Length: 100"), "x");

        var refused = answer();

        assertThat(refused.getStatus()).isEqualTo(408);
        assertThat(refused.getContent()).contains("expected the whole body within 1 s; 1 bytes came");
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
