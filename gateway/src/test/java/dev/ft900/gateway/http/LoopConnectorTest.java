package dev.ft900.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.gateway.access.Access;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which thread does what: one that waits for all connections must not be kept, and others need not be woken for what it can do. */
class LoopConnectorTest {
    private final ServingThreads pool = new ServingThreads();
    private final Server server = new Server(pool);
    private final LoopConnector connector = new LoopConnector(server, new HttpConnectionFactory());
    private final Queue<Done> threads = new ConcurrentLinkedQueue<>();

    private record Done(String what, Thread by) {}

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private void start(Handler handler) throws Exception {
        connector.setHost("localhost");
        server.addConnector(connector);
        server.setHandler(handler);
        server.setErrorHandler((request, response, callback) -> {
            Content.Sink.write(response, true, "status " + response.getStatus() + "\n", callback);
            return true;
        });
        server.start();
    }

    private void note(String what) {
        threads.add(new Done(what, Thread.currentThread()));
    }

    private Stream<Thread> threadsThat(String what) {
        return threads.stream().filter(done -> done.what().equals(what)).map(Done::by);
    }

    /** Makes calls one after the other on one connection. @return the last line of each answer */
    private String calls(int count) throws IOException {
        try (var socket = new Socket(InetAddress.getByName("localhost"), connector.getLocalPort());
                var in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            socket.setSoTimeout(10_000);
            var last = new StringBuilder();
            for (int i = 0; i < count; i++) {
                socket.getOutputStream()
                        .write("GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                for (var line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
                    // The head.
                }
                last.append(in.readLine()).append(';');
            }
            return last.toString();
        }
    }

    @Test
    void whatNeverWaitsStaysOnTheLoopTheAnswerToo() throws Exception {
        start(new Handler.Abstract.NonBlocking() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                note("asked");
                var loop =
                        LoopConnector.loopOf(request.getConnectionMetaData().getConnection(), work -> note("no loop"));
                // As a reply from a board comes: on another thread, later.
                pool.execute(() -> {
                    note("replied");
                    loop.execute(() -> {
                        note("answered");
                        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, 5);
                        Content.Sink.write(response, true, "good\n", callback);
                    });
                });
                return true;
            }
        });

        assertThat(calls(3)).isEqualTo("good;good;good;");
        var loop = threadsThat("asked").distinct().toList();
        assertThat(loop).hasSize(1);
        assertThat(threadsThat("answered")).hasSize(3).allMatch(loop.get(0)::equals);
        assertThat(threadsThat("replied")).hasSize(3).noneMatch(loop.get(0)::equals);
        assertThat(threadsThat("no loop")).isEmpty();
    }

    @Test
    void whatMayWaitGetsAThread() throws Exception {
        var served = new PoolHandler(pool, new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                note("served");
                Content.Sink.write(response, true, "good\n", callback);
                return true;
            }
        });
        start(new Handler.Wrapper(served) {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                note("asked");
                return super.handle(request, response, callback);
            }
        });
        assertThat(server.getInvocationType()).isEqualTo(InvocationType.NON_BLOCKING);

        assertThat(calls(2)).isEqualTo("good;good;");
        var loop = threadsThat("asked").distinct().toList();
        assertThat(loop).hasSize(1);
        assertThat(threadsThat("served")).hasSize(2).noneMatch(loop.get(0)::equals);
    }

    @Test
    void nothingOfOursBeforeThatWaits() {
        var resources = new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                throw new AssertionError("nobody calls");
            }
        };
        assertThat(resources.getInvocationType()).isEqualTo(InvocationType.BLOCKING);
        var access = new Access(null, null, null, null, null);
        assertThat(RestServer.chain(RestSettings.Limits.USUAL, new Drain(), pool, null, access, resources)
                        .getInvocationType())
                .isEqualTo(InvocationType.NON_BLOCKING);
    }

    /** One behind the other on one connection, and never good: others must have their turn. */
    @Test
    void whoSendsManyCallsAtOnceDoesNotKeepTheLoop() throws Exception {
        start(new Handler.Abstract.NonBlocking() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                note("asked");
                var loop = LoopConnector.loopOf(request.getConnectionMetaData().getConnection(), Runnable::run);
                loop.execute(() -> Content.Sink.write(response, true, "good\n", callback));
                if (threadsThat("asked").count() == 1) {
                    loop.execute(() -> note("others"));
                }
                return true;
            }
        });
        try (var socket = new Socket(InetAddress.getByName("localhost"), connector.getLocalPort())) {
            socket.setSoTimeout(10_000);
            var one = "GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n";
            var last = one.replace("Host", "Connection: close\r\nHost");
            socket.getOutputStream().write((one.repeat(20) + last).getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        }
        assertThat(threads.stream().map(Done::what)).hasSize(22);
        assertThat(threads.stream().map(Done::what).toList().indexOf("others"))
                .as("the turn of others comes before all calls of this one are through")
                .isLessThan(5);
    }

    @Test
    void whoIsNotServedIsToldSo() throws Exception {
        start(new PoolHandler(pool, new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                if (threads.isEmpty()) {
                    note("broken");
                    throw new IllegalStateException("for the test");
                }
                return false;
            }
        }));
        assertThat(calls(2)).isEqualTo("status 500;status 404;");
    }
}
