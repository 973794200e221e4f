package dev.ft900.gateway.http;

import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * What every answer says to browsers and caches, where whoever makes it says nothing else: keep nothing, guess nothing, run nothing, show it
 * in no frame.
 */
final class SecureHeaders extends Handler.Wrapper {
    private static final List<HttpField> FIELDS = List.of(
            new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store"),
            new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
            new PreEncodedHttpField("X-Frame-Options", "DENY"),
            new PreEncodedHttpField("Referrer-Policy", "no-referrer"),
            new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-origin"),
            new PreEncodedHttpField("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"));

    SecureHeaders(Handler handler) {
        super(handler);
    }

    /** For an answer that begins anew, as those of errors do. */
    static void addTo(Response response) {
        FIELDS.forEach(response.getHeaders()::put);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        addTo(response);
        return super.handle(request, response, callback);
    }
}
