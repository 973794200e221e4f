package dev.ft900.gateway.http;

import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.resource.ResourceFactory;

/**
 * Serves the page for people at {@code /}, the one about the API at {@code /docs}, and their parts under {@code /web/}. The page itself holds nothing secret: what it shows it asks
 * of the REST API, with the token of whoever signed in.
 */
final class PageHandler extends ResourceHandler {
    /** Content Security Policy, level 3: only what this server sends may run or be shown, and nobody may frame it. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String FILES = "dev/ft900/gateway/page/";
    private static final String PARTS = "/web/";
    private static final String DOCS = "/docs";

    PageHandler(Handler others) {
        super(others);
        setBaseResource(ResourceFactory.of(this).newClassLoaderResource(FILES));
        setDirAllowed(false);
        setEtags(true);
        setCacheControl("no-cache");
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        var path = Request.getPathInContext(request);
        if (!path.equals("/") && !path.equals(DOCS) && !path.startsWith(PARTS)) {
            return getHandler().handle(request, response, callback);
        }
        var headers = response.getHeaders();
        headers.put("Content-Security-Policy", POLICY);
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "no-referrer");
        return super.handle(path.equals(DOCS) ? page(request) : request, response, callback);
    }

    private static Request page(Request request) {
        return Request.serveAs(
                request,
                HttpURI.build(request.getHttpURI()).path(DOCS + ".html").asImmutable());
    }
}
