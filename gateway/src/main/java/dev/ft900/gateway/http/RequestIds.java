package dev.ft900.gateway.http;

import dev.ft900.gateway.device.Origin;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Gives every request an id: the caller's own, if it sent a good one in {@value #HEADER}, else one of ours. It goes out with the answer
 * and into every line of the log that the request causes.
 */
final class RequestIds extends Handler.Wrapper {
    static final String HEADER = "X-Request-Id";
    /** Where the caller's address is left. */
    static final String REMOTE = "dev.ft900.remote";

    static final String ATTRIBUTE = "dev.ft900.request-id";

    private final String prefix = Integer.toHexString(new SecureRandom().nextInt()) + "-";
    private final AtomicLong count = new AtomicLong();

    RequestIds(Handler handler) {
        super(handler);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        var theirs = request.getHeaders().get(HEADER);
        var id = theirs != null && Origin.REQUEST_ID.matcher(theirs).matches()
                ? theirs
                : prefix + Long.toString(count.incrementAndGet(), Character.MAX_RADIX);
        request.setAttribute(ATTRIBUTE, id);
        request.setAttribute(REMOTE, Request.getRemoteAddr(request));
        response.getHeaders().put(HEADER, id);
        return Origin.inLog(id, () -> super.handle(request, response, callback));
    }
}
