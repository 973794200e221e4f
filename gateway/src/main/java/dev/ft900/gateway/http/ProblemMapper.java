package dev.ft900.gateway.http;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Set;

/** Makes a problem of whatever a resource throws. */
final class ProblemMapper implements ExceptionMapper<Throwable> {
    private static final Set<String> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    @Context
    private Request request;

    @Override
    public Response toResponse(Throwable failure) {
        var response =
                Problems.of(failure, !READS.contains(request.getMethod())).response();
        if (failure instanceof NotAllowedException refused) {
            return allowing(response, refused.getResponse().getHeaderString(HttpHeaders.ALLOW));
        }
        return response;
    }

    /** RFC 9110 section 15.5.6: who asks by a wrong method is told the right ones. */
    private static Response allowing(Response response, String methods) {
        return methods == null
                ? response
                : Response.fromResponse(response)
                        .header(HttpHeaders.ALLOW, methods)
                        .build();
    }
}
