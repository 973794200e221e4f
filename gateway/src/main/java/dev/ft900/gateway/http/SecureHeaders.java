package dev.ft900.gateway.http;

import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;

/** The same as {@link HeadersFilter} on what never reaches a resource. */
final class SecureHeaders {
    private static final List<HttpField> FIELDS = List.of(
            new HttpField(HttpHeader.CACHE_CONTROL, "no-store"),
            new HttpField("X-Content-Type-Options", "nosniff"),
            new HttpField("X-Frame-Options", "DENY"),
            new HttpField("Referrer-Policy", "no-referrer"),
            new HttpField("Cross-Origin-Resource-Policy", "same-origin"),
            new HttpField("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"));

    private SecureHeaders() {}

    static void addTo(Response response) {
        FIELDS.forEach(response.getHeaders()::put);
    }
}
