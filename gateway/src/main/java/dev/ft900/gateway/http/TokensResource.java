package dev.ft900.gateway.http;

import dev.ft900.gateway.access.Access;
import dev.ft900.gateway.access.Caller;
import dev.ft900.gateway.access.Role;
import dev.ft900.gateway.access.Scope;
import dev.ft900.gateway.access.StoredToken;
import dev.ft900.protocol.name.Quoted;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** {@code /api/v1/tokens} and {@code /api/v1/clients}: who may call, by token or by certificate. */
@Singleton
@Path("api/v1")
@Produces(MediaType.APPLICATION_JSON)
public final class TokensResource {
    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._ -]{0,63}";
    private static final String CLIENT = "client\\.[A-Za-z0-9._-]{1,57}";

    private final Access access;

    @Inject
    public TokensResource(Access access) {
        this.access = access;
    }

    @GET
    @Path("tokens")
    @Needs(Role.ADMIN)
    public Map<String, Object> list() {
        return Map.of(
                "tokens",
                access.tokens().list().stream().map(TokensResource::view).toList());
    }

    /** Makes a token, which is in this answer and never again. */
    @POST
    @Path("tokens")
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.ADMIN)
    public Response create(byte[] json) {
        var body = Body.read(json, "name", "role", "scope", "expiresInSeconds");
        var name = body.text("name")
                .filter(text -> text.matches(NAME))
                .orElseThrow(() -> bad("expected name to be 1 to 64 letters, digits, dots, blanks, dashes"));
        var valid = body.number("expiresInSeconds").map(seconds -> {
            if (seconds < 1 || seconds > LONGEST.toSeconds()) {
                throw bad("expected expiresInSeconds to be 1 to " + LONGEST.toSeconds() + "; got " + seconds);
            }
            return Duration.ofSeconds(seconds);
        });
        var caller = caller(name, body);
        var made = access.tokens().create(name, caller.role(), caller.scope(), valid);
        var view = view(made.token());
        view.put("token", made.secret());
        return Response.status(Response.Status.CREATED).entity(view).build();
    }

    @DELETE
    @Path("tokens/{token}")
    @Needs(Role.ADMIN)
    public Response revoke(@PathParam("token") String id) {
        if (!access.tokens().revoke(id)) {
            throw new ProblemException(
                    Problem.Kind.UNKNOWN_TOKEN, "no token " + Quoted.of(id) + " is good; GET tokens lists them");
        }
        return Response.noContent().build();
    }

    @GET
    @Path("clients")
    @Needs(Role.ADMIN)
    public Map<String, Object> clients() {
        return Map.of(
                "clients",
                access.certificates().list().stream().map(TokensResource::view).toList());
    }

    /** Lets the holder of a certificate do what a role allows. */
    @PUT
    @Path("clients/{client}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Needs(Role.ADMIN)
    public Map<String, Object> allow(@PathParam("client") String name, byte[] json) {
        if (!name.matches(CLIENT)) {
            throw bad("expected the common name of a client certificate, client.NAME; got " + Quoted.of(name));
        }
        var caller = caller(name, Body.read(json, "role", "scope"));
        access.certificates().allow(caller);
        return view(caller);
    }

    @DELETE
    @Path("clients/{client}")
    @Needs(Role.ADMIN)
    public Response forbid(@PathParam("client") String name) {
        if (!access.certificates().forbid(name)) {
            throw new ProblemException(Problem.Kind.UNKNOWN_TOKEN, Quoted.of(name) + " is allowed nothing");
        }
        return Response.noContent().build();
    }

    private static Caller caller(String name, Body body) {
        var role = body.of("role", Role::from, "viewer, operator or admin")
                .orElseThrow(() -> bad("expected role: viewer, operator or admin"));
        var scope = scope(body.strings("scope"));
        if (scope.isAll() && body.has("scope")) {
            // Whoever worked out a list of boards and found none does not mean all of them.
            throw bad("expected scope to name a board or group:NAME at least; leave it out for all boards");
        }
        if (role == Role.ADMIN && !scope.isAll()) {
            throw bad("expected an admin without scope: admins work with all devices");
        }
        return new Caller(name, role, scope);
    }

    private static Scope scope(List<String> names) {
        try {
            return Scope.of(names);
        } catch (IllegalArgumentException e) {
            throw bad(e.getMessage());
        }
    }

    private static ProblemException bad(String detail) {
        return new ProblemException(Problem.Kind.BAD_VALUE, detail);
    }

    private static Map<String, Object> view(StoredToken token) {
        var view = new LinkedHashMap<String, Object>();
        view.put("id", token.id());
        view.putAll(view(new Caller(token.name(), token.role(), token.scope())));
        view.put("created", token.created().toString());
        token.expires().ifPresent(at -> view.put("expires", at.toString()));
        token.revoked().ifPresent(at -> view.put("revoked", at.toString()));
        return view;
    }

    private static Map<String, Object> view(Caller caller) {
        var view = new LinkedHashMap<String, Object>();
        view.put("name", caller.name());
        view.put("role", caller.role().word());
        Optional.of(caller.scope())
                .filter(scope -> !scope.isAll())
                .ifPresent(scope -> view.put("scope", new TreeSet<>(scope.names())));
        return view;
    }
}
