package dev.ft900.gateway.http;

import dev.ft900.ca.authority.PolicyException;
import dev.ft900.ca.enrol.BoardExistsException;
import dev.ft900.ca.enrol.OtherBoardException;
import dev.ft900.ca.store.StoreFailure;
import dev.ft900.gateway.device.BoardOfflineException;
import dev.ft900.gateway.device.BoardRefusedException;
import dev.ft900.gateway.device.BrokerDownException;
import dev.ft900.gateway.device.Causes;
import dev.ft900.gateway.device.GatewayBusyException;
import dev.ft900.gateway.device.NoAnswerException;
import dev.ft900.gateway.device.RenewalFailedException;
import dev.ft900.gateway.device.UnknownDeviceException;
import jakarta.ws.rs.WebApplicationException;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says for every failure which problem it is. The one place that knows both. */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    /** The problem that a failure of something is that may have changed something. */
    static Problem of(Throwable failure) {
        return of(failure, true);
    }

    /**
     * The problem that a failure is; one that nobody foresaw is logged, and the caller is told no more than where to look.
     *
     * @param mayHaveWritten whether more than reading was asked for
     */
    static Problem of(Throwable failure, boolean mayHaveWritten) {
        var cause = Causes.of(failure);
        if (cause instanceof ProblemException known) {
            return known.problem();
        } else if (cause instanceof BoardRefusedException refused) {
            return refused(refused);
        } else if (cause instanceof UnknownDeviceException) {
            return new Problem(Problem.Kind.UNKNOWN_DEVICE, cause.getMessage());
        } else if (cause instanceof BoardOfflineException) {
            return new Problem(Problem.Kind.BOARD_OFFLINE, cause.getMessage());
        } else if (cause instanceof BrokerDownException) {
            return new Problem(Problem.Kind.BROKER_DOWN, cause.getMessage());
        } else if (cause instanceof GatewayBusyException) {
            return new Problem(Problem.Kind.GATEWAY_BUSY, cause.getMessage());
        } else if (cause instanceof NoAnswerException) {
            return new Problem(Problem.Kind.NO_ANSWER, cause.getMessage());
        } else if (cause instanceof RenewalFailedException renewal) {
            return new Problem(
                    renewal.fellBack() ? Problem.Kind.FELL_BACK : Problem.Kind.RENEWAL_FAILED, cause.getMessage());
        } else if (cause instanceof OtherBoardException) {
            return new Problem(Problem.Kind.OTHER_BOARD, cause.getMessage());
        } else if (cause instanceof BoardExistsException) {
            return new Problem(Problem.Kind.DEVICE_EXISTS, cause.getMessage());
        } else if (cause instanceof PolicyException policy) {
            return new Problem(Problem.Kind.CERTIFICATE_REFUSED, cause.getMessage(), Map.of("rule", policy.rule()));
        } else if (cause instanceof WebApplicationException web) {
            return ofStatus(web.getResponse().getStatus(), web.getMessage());
        }
        if (StoreFailure.lacksWhatItRefersTo(cause)) {
            // All that refers to something refers to a board, which was there when it was looked for.
            return new Problem(
                    Problem.Kind.UNKNOWN_DEVICE, "no such device is registered any more; it was removed meanwhile");
        }
        var store = StoreFailure.reason(cause);
        if (store.isPresent()) {
            LOG.error("the database cannot be used: {}", cause.getMessage());
            if (mayHaveWritten && StoreFailure.leavesOutcomeUnknown(cause)) {
                return new Problem(
                        Problem.Kind.STORE_INTERRUPTED,
                        "the connection to the database broke before it confirmed: whether anything was written down is unknown;"
                                + " look before you repeat it");
            }
            return new Problem(
                    Problem.Kind.STORE_UNAVAILABLE,
                    "nothing was changed and nothing was sent: " + store.get() + "; try again when that is over");
        }
        var incident = UUID.randomUUID().toString();
        LOG.error("incident {}", incident, cause);
        return new Problem(
                Problem.Kind.INTERNAL,
                "Something went wrong that should not. The gateway's log has the details under incident " + incident
                        + ".",
                Map.of("incident", incident));
    }

    private static Problem refused(BoardRefusedException refused) {
        var kind =
                switch (refused.boardError()) {
                    case PAD_RESERVED -> Problem.Kind.PAD_RESERVED;
                    case PAD_IS_INPUT -> Problem.Kind.PAD_IS_INPUT;
                    default -> Problem.Kind.BOARD_REFUSED;
                };
        return new Problem(
                kind,
                refused.getMessage(),
                Map.of("boardError", refused.boardError().word()));
    }

    /** What the HTTP layer itself refused. */
    static Problem ofStatus(int status, String message) {
        var kind =
                switch (status) {
                    case 401 -> Problem.Kind.UNAUTHORIZED;
                    case 403 -> Problem.Kind.FORBIDDEN;
                    case 404 -> Problem.Kind.NOT_FOUND;
                    case 405 -> Problem.Kind.METHOD_NOT_ALLOWED;
                    case 406 -> Problem.Kind.NOT_ACCEPTABLE;
                    case 408 -> Problem.Kind.TOO_SLOW;
                    case 413 -> Problem.Kind.TOO_LARGE;
                    case 414 -> Problem.Kind.URL_TOO_LONG;
                    case 415 -> Problem.Kind.UNSUPPORTED_MEDIA_TYPE;
                    case 431 -> Problem.Kind.HEADERS_TOO_LARGE;
                    default -> status < 500 ? Problem.Kind.BAD_REQUEST : Problem.Kind.INTERNAL;
                };
        return new Problem(kind, words(kind, message));
    }

    private static String words(Problem.Kind kind, String message) {
        return switch (kind) {
            case NOT_FOUND -> "expected an address of this API; /openapi.json lists them";
            case METHOD_NOT_ALLOWED -> "expected a method that this address takes; /openapi.json lists them";
            case NOT_ACCEPTABLE -> "expected Accept to allow application/json";
            case HEADERS_TOO_LARGE -> "expected a request line and headers that are shorter together";
            case UNSUPPORTED_MEDIA_TYPE -> "expected Content-Type: application/json";
            default -> message == null || message.isBlank() ? kind.code() : message;
        };
    }
}
