package dev.ft900.gateway.http;

import dev.ft900.gateway.access.Access;
import dev.ft900.gateway.access.Caller;
import dev.ft900.protocol.name.BoardId;
import java.util.Optional;

/** Knows callers by the tokens that they show, and which boards are theirs. */
final class Callers {
    private static final String BEARER = "Bearer ";

    private final Access access;

    Callers(Access access) {
        this.access = access;
    }

    /** @param authorization value of that header */
    static boolean isBearer(String authorization) {
        return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
    }

    /** @param authorization value of that header, which is one of a bearer (RFC 6750, section 2.1) */
    Optional<Caller> byToken(String authorization) {
        return access.tokens().verify(token(authorization));
    }

    /** The same, if it is known without asking the register. */
    Optional<Caller> remembered(String authorization) {
        return access.tokens().remembered(token(authorization));
    }

    private static String token(String authorization) {
        return authorization.substring(BEARER.length()).strip();
    }

    /** Whether a caller's role holds for a board. */
    boolean mayWorkWith(Caller caller, BoardId board) {
        return caller.scope().includes(board, access.groups()::of);
    }
}
