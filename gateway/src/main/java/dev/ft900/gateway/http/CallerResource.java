package dev.ft900.gateway.http;

import dev.ft900.gateway.access.Role;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** {@code /api/v1/whoami}: as whom the gateway knows the caller, so that a client can show only what is allowed. */
@Singleton
@Path("api/v1/whoami")
@Produces(MediaType.APPLICATION_JSON)
public final class CallerResource {
    @GET
    @Needs(Role.VIEWER)
    public Map<String, Object> whoAmI(@Context ContainerRequestContext request) {
        var caller = Call.of(request, Duration.ofSeconds(1), false).caller();
        var view = new LinkedHashMap<String, Object>();
        view.put("name", caller.name());
        view.put("role", caller.role().word());
        if (!caller.scope().isAll()) {
            view.put("scope", new TreeSet<>(caller.scope().names()));
        }
        return view;
    }
}
