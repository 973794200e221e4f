package dev.ft900.gateway.http;

import dev.ft900.gateway.device.Origin;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Gives each request a thread that may wait: for the database, for a file, for a caller who reads slowly. What stands before it runs on the
 * thread that waits for the bytes of all connections ({@link LoopConnector}), and must not; nor may it answer before it returns, lest a caller
 * who sends one call behind the other has that thread to itself.
 */
final class PoolHandler extends Handler.Wrapper {
    private final Executor pool;

    PoolHandler(Executor pool, Handler handler) {
        super(handler);
        this.pool = pool;
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        pool.execute(() -> Origin.inLog(
                String.valueOf(request.getAttribute(RequestIds.ATTRIBUTE)), () -> serve(request, response, callback)));
        return true;
    }

    // Whatever goes wrong: nobody else would tell the caller.
    @SuppressWarnings("PMD.AvoidCatchingThrowable")
    private boolean serve(Request request, Response response, Callback callback) {
        try {
            if (!super.handle(request, response, callback)) {
                Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
            }
        } catch (Throwable failure) {
            Response.writeError(request, response, callback, failure);
        }
        return true;
    }
}
