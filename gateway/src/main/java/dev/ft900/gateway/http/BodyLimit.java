package dev.ft900.gateway.http;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Refuses requests whose body is longer than any of ours need be (RFC 9110, section 15.5.14). A body of a stated length is read and thrown
 * away before the refusal is written: a caller who still sends when the connection is closed loses the answer and sees a broken connection
 * instead. What is stated to be very long is refused at once, as is a caller who waits to be asked (Expect: 100-continue). Runs on the
 * server's threads and holds none of them while a body arrives; the connection's idle time-out ends the wait for one that does not.
 */
final class BodyLimit extends Handler.Wrapper {
    /** More than a caller sends by mistake; beyond it the reading would cost more than the answer is worth. */
    static final long READ_BYTES = 1 << 20;

    private final long mostBytes;

    BodyLimit(long mostBytes, Handler handler) {
        // Of a body without a stated length the end is not known before it is read: that is counted while a resource
        // reads it.
        super(counted(mostBytes, handler));
        this.mostBytes = mostBytes;
    }

    private static Handler counted(long mostBytes, Handler handler) {
        var counted = new SizeLimitHandler(mostBytes, -1);
        counted.setHandler(handler);
        return counted;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        long length = request.getLength();
        if (length <= mostBytes) {
            return super.handle(request, response, callback);
        }
        Runnable refusal = () -> Response.writeError(
                request,
                response,
                callback,
                HttpStatus.PAYLOAD_TOO_LARGE_413,
                "expected a body of at most " + mostBytes + " bytes; got one of " + length);
        if (length > READ_BYTES || request.getHeaders().contains(HttpHeader.EXPECT)) {
            refusal.run();
        } else {
            Content.Source.consumeAll(request, Callback.from(refusal, callback::failed));
        }
        return true;
    }
}
