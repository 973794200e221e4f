package dev.ft900.gateway.http;

import dev.ft900.gateway.access.Access;
import dev.ft900.gateway.access.Caller;
import dev.ft900.gateway.access.Scope;
import dev.ft900.protocol.name.BoardId;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Which boards a caller sees where no address names one. */
@Singleton
public final class Scopes {
    private final Access access;

    @Inject
    public Scopes(Access access) {
        this.access = access;
    }

    /** Asks the database once a second at most, and not at all when the caller may see all boards. */
    Predicate<BoardId> of(ContainerRequestContext request) {
        Scope scope = Call.of(request, Duration.ofSeconds(1), false).caller().scope();
        return scope.isAll() ? board -> true : board -> scope.includes(board, access.groups()::lately);
    }

    /**
     * What the caller of a stream may hear of while it lasts.
     *
     * @param only the board that the stream is about; empty for all
     */
    @SuppressWarnings("unchecked")
    Hearing hearing(ContainerRequestContext request, Optional<BoardId> only) {
        return new Hearing(
                Call.of(request, Duration.ofSeconds(1), false).caller(),
                (Supplier<Optional<Caller>>) request.getProperty(Call.SHOWN),
                access.groups()::lately,
                only);
    }
}
