package dev.ft900.gateway.device;

import java.util.regex.Pattern;
import org.slf4j.MDC;

/**
 * On whose behalf something is done.
 *
 * @param requestId by which the caller knows the request; goes with it to the board and into every line of the log
 * @param caller name of the token or certificate, or of a part of the gateway itself
 */
public record Origin(String requestId, String caller) {
    /** What a request id may be. */
    public static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    /** Under which the log knows a request. */
    private static final String LOG_KEY = "request";

    /** Runs something, and has every line that this thread logs meanwhile say for which request. */
    public void inLog(Runnable work) {
        inLog(requestId, () -> {
            work.run();
            return true;
        });
    }

    /** Does something whose end may be bad. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /** The same for a request of which only the id is known yet. */
    public static <T, E extends Exception> T inLog(String requestId, Work<T, E> work) throws E {
        var before = MDC.get(LOG_KEY);
        MDC.put(LOG_KEY, requestId);
        try {
            return work.run();
        } finally {
            if (before == null) {
                MDC.remove(LOG_KEY);
            } else {
                MDC.put(LOG_KEY, before);
            }
        }
    }

    /** What the gateway does of its own accord. */
    public static Origin gateway(String part) {
        return new Origin("gateway-" + part, "gateway");
    }
}
