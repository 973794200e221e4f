package dev.ft900.gateway.http;

import dev.ft900.gateway.access.Caller;
import dev.ft900.gateway.access.Role;
import dev.ft900.gateway.device.Origin;
import dev.ft900.gateway.device.Patience;
import dev.ft900.protocol.name.Quoted;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * What every request says beside its body: who calls, by which id the caller knows it, how long it waits.
 *
 * @param caller an unnamed viewer on addresses that are open to everybody
 */
record Call(Origin origin, Caller caller, Patience patience) {
    /** Where {@link AccessFilter} leaves the caller. */
    static final String CALLER = "dev.ft900.caller";

    /** Where {@link AccessFilter} leaves how to ask again who shows the caller's credentials. */
    static final String SHOWN = "dev.ft900.shown";

    private static final String CONNECT = "connectTimeout";
    private static final String ANSWER = "responseTimeout";
    private static final Caller NOBODY = new Caller("", Role.VIEWER);
    private static final long LONGEST_CONNECT_MILLIS = 60_000;
    private static final long SHORTEST_ANSWER_MILLIS = 10;
    private static final long LONGEST_ANSWER_MILLIS = 60_000;

    /**
     * Reads it.
     *
     * @param usual how long to wait for an answer when the request does not say
     */
    static Call of(ContainerRequestContext request, Duration usual) {
        return of(request, usual, true);
    }

    /** @param waits whether the request may say how long it waits */
    static Call of(ContainerRequestContext request, Duration usual, boolean waits) {
        var caller = request.getProperty(CALLER) instanceof Caller known ? known : NOBODY;
        var origin = new Origin((String) request.getProperty(RequestIds.ATTRIBUTE), caller.name());
        var query = request.getUriInfo().getQueryParameters();
        if (!waits || query.isEmpty()) {
            return new Call(origin, caller, Patience.forAnswer(usual));
        }
        return new Call(
                origin,
                caller,
                new Patience(
                        millis(CONNECT, query.getFirst(CONNECT), 0, LONGEST_CONNECT_MILLIS, Duration.ZERO),
                        millis(ANSWER, query.getFirst(ANSWER), SHORTEST_ANSWER_MILLIS, LONGEST_ANSWER_MILLIS, usual)));
    }

    private static Duration millis(String name, String text, long least, long most, Duration otherwise) {
        if (text == null) {
            return otherwise;
        }
        if (text.matches("[0-9]{1,6}")) {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return Duration.ofMillis(value);
            }
        }
        throw new ProblemException(
                Problem.Kind.BAD_VALUE,
                "expected " + name + " to be " + least + " to " + most + " milliseconds; got " + Quoted.of(text));
    }

    /** Runs what belongs to this request with its id in the log. */
    Executor on(Executor executor) {
        return work -> executor.execute(() -> origin.inLog(work));
    }
}
