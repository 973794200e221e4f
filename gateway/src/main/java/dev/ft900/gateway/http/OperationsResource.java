package dev.ft900.gateway.http;

import dev.ft900.gateway.access.Role;
import dev.ft900.gateway.operations.Metrics;
import dev.ft900.gateway.operations.Readiness;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** For those who run the gateway: whether it can work, and figures. */
@Singleton
@Path("/")
public final class OperationsResource {
    private final Readiness readiness;
    private final Metrics metrics;

    @Inject
    public OperationsResource(Readiness readiness, Metrics metrics) {
        this.readiness = readiness;
        this.metrics = metrics;
    }

    /** Whether everything that the gateway needs is there; open to everybody. */
    @GET
    @Path("readyz")
    @Produces(MediaType.APPLICATION_JSON)
    public Response ready() {
        var found = readiness.check();
        boolean draining = readiness.draining().getAsBoolean();
        boolean all = !draining && !found.containsValue(false);
        return Response.status(all ? Response.Status.OK : Response.Status.SERVICE_UNAVAILABLE)
                .entity(Map.of("ready", all, "draining", draining, "dependencies", found))
                .build();
    }

    @GET
    @Path("metrics")
    @Produces("text/plain; version=0.0.4; charset=utf-8")
    @Needs(Role.VIEWER)
    public String metrics() {
        return metrics.scrape();
    }
}
