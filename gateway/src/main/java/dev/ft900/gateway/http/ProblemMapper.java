package dev.ft900.gateway.http;

import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** Makes a problem of whatever a resource throws. */
final class ProblemMapper implements ExceptionMapper<Throwable> {
    @Override
    public Response toResponse(Throwable failure) {
        var response = Problems.of(failure).response();
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
