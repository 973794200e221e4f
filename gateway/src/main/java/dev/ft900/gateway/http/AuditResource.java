package dev.ft900.gateway.http;

import dev.ft900.gateway.access.AuditLog;
import dev.ft900.gateway.access.Role;
import dev.ft900.protocol.name.Quoted;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code /api/v1/audit}: writes, by whom and with what result. */
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

    /** Newest first; {@code before} goes on where another page ended. */
    @GET
    @Needs(Role.ADMIN)
    public Map<String, Object> page(@QueryParam("before") String before, @QueryParam("limit") String limit) {
        var after = Optional.ofNullable(before).map(text -> AuditLog.Place.from(text)
                .orElseThrow(() -> bad("expected before to be what another page has as next; got ", text)));
        var page = log.page(after, most(limit));
        var view = new LinkedHashMap<String, Object>();
        view.put("entries", page.entries().stream().map(AuditResource::view).toList());
        page.next().ifPresent(next -> view.put("next", next.toString()));
        return view;
    }

    private static int most(String limit) {
        if (limit == null) {
            return MOST;
        }
        if (limit.matches("[0-9]{1,4}")) {
            int most = Integer.parseInt(limit);
            if (most >= 1 && most <= MOST) {
                return most;
            }
        }
        throw bad("expected limit to be 1 to " + MOST + "; got ", limit);
    }

    private static ProblemException bad(String words, String text) {
        return new ProblemException(Problem.Kind.BAD_VALUE, words + Quoted.of(text));
    }

    private static Map<String, Object> view(AuditLog.Entry entry) {
        var view = new LinkedHashMap<String, Object>();
        view.put("at", entry.at().toString());
        view.put("caller", entry.caller());
        entry.token().ifPresent(id -> view.put("token", id));
        view.put("remote", entry.remote());
        view.put("requestId", entry.requestId());
        view.put("method", entry.method());
        view.put("path", entry.path());
        view.put("status", entry.status());
        if (entry.times() > 1) {
            view.put("times", entry.times());
        }
        return view;
    }
}
