package dev.ft900.gateway.http;

import dev.ft900.gateway.device.Origin;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Reads a request's whole body before anything is done with it, and refuses one that is longer than any of ours need be (RFC 9110, section
 * 15.5.14) or that does not come in time (section 15.5.9). So no thread ever waits for a caller who does not send what it announced, and
 * nothing is left on the connection that the next request on it would stumble over. What is too long is read and thrown away before the
 * refusal is written: a caller who still sends when the connection is closed loses the answer and sees a broken connection instead. What is
 * very long is refused at once, as is a caller who waits to be asked (Expect: 100-continue).
 */
final class WholeBody extends Handler.Wrapper {
    /** More than a caller sends by mistake; beyond it the reading would cost more than the answer is worth. */
    static final long READ_BYTES = 1 << 20;

    private final int mostBytes;
    private final Duration patience;

    /** @param patience how long a body may take to come, however much of it */
    WholeBody(int mostBytes, Duration patience, Handler handler) {
        super(handler);
        this.mostBytes = mostBytes;
        this.patience = patience;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        long length = request.getLength();
        if (length == 0 || length < 0 && hasNone(request)) {
            return super.handle(request, response, callback);
        }
        var reading = new Reading(request, response, callback);
        if (length > READ_BYTES || length > mostBytes && request.getHeaders().contains(HttpHeader.EXPECT)) {
            reading.refuseLength();
            return true;
        }
        return reading.isWhole() ? reading.handOn() : reading.awaitRest();
    }

    /** HTTP/1.1 says of every body how it ends (RFC 9112, section 6.3); the end of others is found by reading. */
    private static boolean hasNone(Request request) {
        return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1
                && !request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    }

    private boolean next(Request request, Response response, Callback callback) throws Exception {
        return super.handle(request, response, callback);
    }

    /** One body on its way. */
    private final class Reading implements Runnable {
        private final Request request;
        private final Response response;
        private final Callback callback;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
        private final AtomicBoolean ended = new AtomicBoolean();
        private long read;
        private Throwable failure;
        private volatile Scheduler.Task timeout = () -> false;

        Reading(Request request, Response response, Callback callback) {
            this.request = request;
            this.response = response;
            this.callback = callback;
        }

        /** Reads what is there. @return whether there is no more to come, or no more is wanted */
        boolean isWhole() {
            for (var chunk = request.read(); chunk != null; chunk = request.read()) {
                if (Content.Chunk.isFailure(chunk)) {
                    failure = chunk.getFailure();
                    return true;
                }
                read += chunk.remaining();
                if (read <= mostBytes) {
                    var bytes = new byte[chunk.remaining()];
                    chunk.get(bytes, 0, bytes.length);
                    body.writeBytes(bytes);
                }
                chunk.release();
                if (chunk.isLast() || read > READ_BYTES) {
                    return true;
                }
            }
            return false;
        }

        boolean awaitRest() {
            timeout = request.getComponents()
                    .getScheduler()
                    .schedule(this::refuseSlow, patience.toMillis(), TimeUnit.MILLISECONDS);
            request.demand(this);
            return true;
        }

        /** More has come, or the connection has ended. */
        @Override
        public void run() {
            if (ended.get()) {
                return;
            }
            if (!isWhole()) {
                request.demand(this);
                return;
            }
            try {
                Origin.inLog(String.valueOf(request.getAttribute(RequestIds.ATTRIBUTE)), this::handOn);
            } catch (Exception e) {
                Response.writeError(request, response, callback, e);
            }
        }

        boolean handOn() throws Exception {
            if (failure instanceof TimeoutException) {
                refuseSlow();
                return true;
            }
            if (!isFirstEnd()) {
                return true;
            }
            if (failure != null) {
                callback.failed(failure);
            } else if (read > mostBytes) {
                refuseLength();
            } else if (!next(read == 0 ? request : new Kept(request, body.toByteArray()), response, callback)) {
                Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
            }
            return true;
        }

        private boolean isFirstEnd() {
            timeout.cancel();
            return ended.compareAndSet(false, true);
        }

        private void refuseLength() {
            refuse(
                    HttpStatus.PAYLOAD_TOO_LARGE_413,
                    "expected a body of at most " + mostBytes + " bytes; got one of "
                            + (request.getLength() < 0 ? "more" : request.getLength()));
        }

        private void refuseSlow() {
            if (isFirstEnd()) {
                refuse(
                        HttpStatus.REQUEST_TIMEOUT_408,
                        "expected the whole body within " + patience.toSeconds() + " s; " + read + " bytes came");
            }
        }

        private void refuse(int status, String detail) {
            Response.writeError(request, response, callback, status, detail);
        }
    }

    /** A request whose body has come. */
    private static final class Kept extends Request.Wrapper {
        private final Content.Source body;

        Kept(Request request, byte[] body) {
            super(request);
            this.body = Content.Source.from(ByteBuffer.wrap(body));
        }

        @Override
        public Content.Chunk read() {
            return body.read();
        }

        @Override
        public void demand(Runnable work) {
            body.demand(work);
        }

        @Override
        public void fail(Throwable failure) {
            body.fail(failure);
            super.fail(failure);
        }
    }
}
