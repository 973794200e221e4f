package dev.ft900.gateway.http;

import dev.ft900.gateway.access.AuditLog;
import dev.ft900.gateway.access.Refusals;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/** Notes every write, refused ones too; those of callers whom nobody knows are counted together. */
final class AuditFilter implements ContainerResponseFilter {
    private static final Set<String> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final int LONGEST_PATH = 500;

    private final AuditLog log;
    private final Refusals refusals;
    private final Clock clock;

    AuditFilter(AuditLog log, Refusals refusals, Clock clock) {
        this.log = log;
        this.refusals = refusals;
        this.clock = clock;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (READS.contains(request.getMethod())) {
            return;
        }
        var call = Call.of(request, Duration.ofSeconds(1), false);
        var path = request.getUriInfo().getRequestUri().getRawPath();
        var entry = new AuditLog.Entry(
                clock.instant(),
                call.caller().name(),
                call.caller().token(),
                String.valueOf(request.getProperty(RequestIds.REMOTE)),
                call.origin().requestId(),
                request.getMethod(),
                path.substring(0, Math.min(path.length(), LONGEST_PATH)),
                response.getStatus(),
                1);
        if (call.caller().name().isEmpty()) {
            refusals.note(entry);
        } else {
            log.note(entry);
        }
    }
}
