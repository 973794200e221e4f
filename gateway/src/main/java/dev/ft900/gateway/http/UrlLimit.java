package dev.ft900.gateway.http;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Refuses requests whose path and query are longer than any of ours need be (RFC 9110, section 15.5.15). */
final class UrlLimit extends Handler.Wrapper {
    private final int mostBytes;

    UrlLimit(int mostBytes, Handler handler) {
        super(handler);
        this.mostBytes = mostBytes;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (request.getHttpURI().getPathQuery().length() > mostBytes) {
            Response.writeError(
                    request,
                    response,
                    callback,
                    HttpStatus.URI_TOO_LONG_414,
                    "expected path and query of at most " + mostBytes + " bytes");
            return true;
        }
        return super.handle(request, response, callback);
    }
}
