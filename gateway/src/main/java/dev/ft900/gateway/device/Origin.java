package dev.ft900.gateway.device;

import java.util.regex.Pattern;

/**
 * On whose behalf something is done.
 *
 * @param requestId by which the caller knows the request; goes with it to the board and into every line of the log
 * @param caller name of the token or certificate, or of a part of the gateway itself
 */
public record Origin(String requestId, String caller) {
    /** What a request id may be. */
    public static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    /** What the gateway does of its own accord. */
    public static Origin gateway(String part) {
        return new Origin("gateway-" + part, "gateway");
    }
}
