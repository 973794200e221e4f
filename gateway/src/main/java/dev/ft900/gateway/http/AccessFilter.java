package dev.ft900.gateway.http;

import dev.ft900.gateway.access.Access;
import dev.ft900.gateway.access.Caller;
import dev.ft900.protocol.name.BoardId;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a request through if its caller has the role that the method {@link Needs}, for the board that it is about, and does not call too
 * often. A caller is known by a token, or by a client certificate.
 */
final class AccessFilter implements ContainerRequestFilter {
    private static final Logger LOG = LoggerFactory.getLogger(AccessFilter.class);

    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    private final Access access;
    private final Callers callers;

    @Context
    private ResourceInfo resource;

    AccessFilter(Access access) {
        this.access = access;
        this.callers = new Callers(access);
    }

    @Override
    public void filter(ContainerRequestContext request) {
        var needs = resource.getResourceMethod().getAnnotation(Needs.class);
        if (needs == null) {
            return;
        }
        var shown = shown(request);
        var caller = shown.get().orElseThrow(() -> unauthorized(request));
        request.setProperty(Call.SHOWN, shown);
        if (!access.limits().mayCall(caller.key())) {
            throw new ProblemException(
                    Problem.Kind.TOO_MANY_REQUESTS,
                    "expected fewer calls a second from " + caller.name() + "; try again in a second");
        }
        // Before it is refused anything: the audit log says who tried.
        request.setProperty(Call.CALLER, caller);
        if (!caller.role().includes(needs.value())) {
            throw new ProblemException(
                    Problem.Kind.FORBIDDEN,
                    "expected a caller with the role " + needs.value().word() + "; this one has the role "
                            + caller.role().word());
        }
        requireInScope(caller, request);
    }

    private void requireInScope(Caller caller, ContainerRequestContext request) {
        if (caller.scope().isAll()) {
            return;
        }
        var id = request.getUriInfo().getPathParameters().getFirst("id");
        if (id != null
                && BoardId.from(id)
                        .filter(board -> callers.mayWorkWith(caller, board))
                        .isEmpty()) {
            throw new ProblemException(
                    Problem.Kind.FORBIDDEN, "expected a caller who may work with this device; this one may not");
        }
    }

    /** Who shows what the request shows, to be asked as often as one likes. */
    private Supplier<Optional<Caller>> shown(ContainerRequestContext request) {
        var header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (header != null) {
            return () -> Callers.isBearer(header) ? callers.byToken(header) : Optional.empty();
        }
        return request.getProperty(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0
                ? () -> access.clients().callerOf(chain[0])
                : Optional::empty;
    }

    private ProblemException unauthorized(ContainerRequestContext request) {
        var remote = String.valueOf(request.getProperty(RequestIds.REMOTE));
        var header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            return unauthorized(
                    remote,
                    "expected the header Authorization: Bearer TOKEN, or a client certificate that is allowed something");
        }
        return unauthorized(
                remote,
                Callers.isBearer(header)
                        ? "expected a token of this gateway; this one is not known, has ended, or was revoked"
                        : "expected the header Authorization: Bearer TOKEN; send a token of this gateway");
    }

    private ProblemException unauthorized(String remote, String detail) {
        if (!access.limits().mayTry(remote)) {
            return new ProblemException(
                    Problem.Kind.TOO_MANY_REQUESTS,
                    "too many calls with credentials that are no good came from this address; try again in a few seconds");
        }
        access.limits().failed(remote);
        // The credentials themselves stay out of it.
        LOG.info("a call from {} was refused: no good credentials", remote);
        return new ProblemException(Problem.Kind.UNAUTHORIZED, detail);
    }
}
