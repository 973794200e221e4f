package dev.ft900.hil.cli.device;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ft900.ca.cli.ExitCode;
import picocli.CommandLine.IExitCodeGenerator;

/** The gateway answered with a problem. The exit code tells which kind: {@code docs/cli.md}. */
public final class RefusedException extends Exception implements IExitCodeGenerator {
    private static final long serialVersionUID = 1L;

    /** The token is not good (401). */
    public static final int NOT_SIGNED_IN = 10;

    /** The token may not do that (403). */
    public static final int FORBIDDEN = 11;

    /** There is no such device (404). */
    public static final int UNKNOWN = 12;

    /** The device is in a state in which it cannot be done (409). */
    public static final int CONFLICT = 13;

    /** The board refused (502). */
    public static final int BOARD_REFUSED = 14;

    /** Nothing was sent: the board or the broker is away (503). */
    public static final int NOTHING_SENT = 15;

    private final int status;
    private final transient JsonNode problem;

    RefusedException(int status, JsonNode problem) {
        super(message(status, problem));
        this.status = status;
        this.problem = problem;
    }

    private static String message(int status, JsonNode problem) {
        return problem.path("detail").asText("the gateway answered " + status + " without a word") + " ("
                + problem.path("type").asText("").replace("urn:ft900:problem:", "") + ", " + status + ")";
    }

    /** Whether the same call may be good in a moment: too many calls, too many streams, a gateway that stops or has no database. */
    boolean mayPass() {
        return status == 429 || status == 503;
    }

    /** As the gateway sent it (RFC 9457). */
    public JsonNode problem() {
        return problem;
    }

    @Override
    public int getExitCode() {
        return switch (status) {
            case 401 -> NOT_SIGNED_IN;
            case 403 -> FORBIDDEN;
            case 404 -> UNKNOWN;
            case 409 -> CONFLICT;
            case 500 -> ExitCode.INTERNAL;
            case 502 -> BOARD_REFUSED;
            case 503 -> NOTHING_SENT;
            case 504 -> ExitCode.NO_ANSWER;
            default -> ExitCode.REFUSED;
        };
    }
}
