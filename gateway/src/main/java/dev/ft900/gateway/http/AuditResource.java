package dev.ft900.gateway.http;

import dev.ft900.gateway.access.AuditLog;
import dev.ft900.gateway.access.Role;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code /api/v1/audit}: the last writes, by whom and with what result. */
@Singleton
@Path("api/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
public final class AuditResource {
    private static final int MOST = 500;

    private final AuditLog log;

    @Inject
    public AuditResource(AuditLog log) {
        this.log = log;
    }

    @GET
    @Needs(Role.ADMIN)
    public Map<String, Object> last() {
        return Map.of(
                "entries", log.last(MOST).stream().map(AuditResource::view).toList());
    }

    private static Map<String, Object> view(AuditLog.Entry entry) {
        var view = new LinkedHashMap<String, Object>();
        view.put("at", entry.at().toString());
        view.put("caller", entry.caller());
        view.put("remote", entry.remote());
        view.put("requestId", entry.requestId());
        view.put("method", entry.method());
        view.put("path", entry.path());
        view.put("status", entry.status());
        return view;
    }
}
