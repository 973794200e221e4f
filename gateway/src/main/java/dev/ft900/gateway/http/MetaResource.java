package dev.ft900.gateway.http;

import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.Map;

/** What is open to everybody: that the gateway lives, and the contract of its API. */
@Singleton
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class MetaResource {
    private final byte[] openApi;

    public MetaResource() {
        try (var in = MetaResource.class.getResourceAsStream("openapi.json")) {
            openApi = in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("the gateway comes with its openapi.json", e);
        }
    }

    @GET
    @Path("healthz")
    public Map<String, Object> health() {
        return Map.of("status", "ok");
    }

    @GET
    @Path("openapi.json")
    public byte[] openApi() {
        return openApi.clone();
    }
}
