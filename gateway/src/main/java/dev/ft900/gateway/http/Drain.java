package dev.ft900.gateway.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Knows the requests under way, and lets them finish before the server stops: new ones are refused from then on, and who has still no
 * answer when the time is over is told so. Streams of events are no such requests; they go on until their feed ends them. Safe for use by
 * several threads.
 */
final class Drain extends Handler.Wrapper {
    /** They tell how the gateway is, also while it stops. */
    private static final Set<String> ALWAYS = Set.of("/healthz", "/readyz", "/metrics");

    private static final String STREAM = "/events";

    private final Set<UnderWay> calls = ConcurrentHashMap.newKeySet();
    private final Set<UnderWay> streams = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;

    boolean isDraining() {
        return draining;
    }

    /** How many requests are under way, without streams. */
    int underWay() {
        return calls.size();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        var path = Request.getPathInContext(request);
        if (draining && !ALWAYS.contains(path)) {
            if (request.getConnectionMetaData().getHttpVersion().getVersion() < HttpVersion.HTTP_2.getVersion()) {
                response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
            }
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
            write(
                    new Problem(
                            Problem.Kind.STOPPING,
                            "the gateway is about to stop, and did nothing; call again when it is back"),
                    response,
                    callback);
            return true;
        }
        var kept = path.endsWith(STREAM) ? streams : calls;
        var underWay = new UnderWay(kept, response, callback);
        kept.add(underWay);
        boolean handled = false;
        try {
            handled = super.handle(request, response, underWay);
        } finally {
            if (!handled) {
                underWay.forget();
            }
        }
        return handled;
    }

    /** From now on new requests are refused. */
    void begin() {
        draining = true;
    }

    /** Waits until all requests but streams are answered, and then tells those that are not that they will not be. */
    void finish(Duration patience) throws InterruptedException {
        await(calls, patience);
        List.copyOf(calls).forEach(UnderWay::giveUp);
    }

    /** Waits until all streams have come to their end. */
    void awaitStreams(Duration patience) throws InterruptedException {
        await(streams, patience);
    }

    private synchronized void await(Set<UnderWay> kept, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!kept.isEmpty()) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }

    private synchronized void wakeWaiting() {
        notifyAll();
    }

    private static void write(Problem problem, Response response, Callback callback) {
        response.setStatus(problem.kind().status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        SecureHeaders.addTo(response);
        Content.Sink.write(response, true, new String(ProblemJson.write(problem), StandardCharsets.UTF_8), callback);
    }

    private final class UnderWay implements Callback {
        private final Set<UnderWay> kept;
        private final Response response;
        private final Callback callback;
        private final AtomicBoolean ended = new AtomicBoolean();

        UnderWay(Set<UnderWay> kept, Response response, Callback callback) {
            this.kept = kept;
            this.response = response;
            this.callback = callback;
        }

        @Override
        public InvocationType getInvocationType() {
            return callback.getInvocationType();
        }

        @Override
        public void succeeded() {
            if (ended.compareAndSet(false, true)) {
                callback.succeeded();
                forget();
            }
        }

        @Override
        public void failed(Throwable failure) {
            if (ended.compareAndSet(false, true)) {
                callback.failed(failure);
                forget();
            }
        }

        void forget() {
            kept.remove(this);
            if (draining) {
                wakeWaiting();
            }
        }

        void giveUp() {
            if (!response.isCommitted() && ended.compareAndSet(false, true)) {
                write(
                        new Problem(
                                Problem.Kind.NO_ANSWER,
                                "the gateway stopped before the answer came; whether it was carried out is unknown"),
                        response,
                        callback);
                forget();
            }
        }
    }
}
