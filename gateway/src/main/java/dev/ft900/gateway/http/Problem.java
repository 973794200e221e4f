package dev.ft900.gateway.http;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What went wrong, for the caller (RFC 9457).
 *
 * @param kind of problem, with its status and title
 * @param detail one sentence: what was expected, what came, what to do
 * @param more further members, such as the board's own word
 */
public record Problem(Kind kind, String detail, Map<String, Object> more) {
    /** The media type of a problem. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPE_PREFIX = "urn:ft900:problem:";

    /** Where on its way a request failed. */
    public enum Step {
        /** Who calls. */
        ACCESS("access"),
        /** What is asked. */
        REQUEST("request"),
        /** The register of devices, and the authority. */
        REGISTER("register"),
        /** The gateway's way to the broker. */
        BROKER("broker"),
        /** The broker's way to the board, and the board. */
        BOARD("board"),
        /** The gateway's database. */
        STORE("store"),
        /** The gateway itself. */
        GATEWAY("gateway");

        private final String word;

        Step(String word) {
            this.word = word;
        }
    }

    /** Every problem that the API knows. */
    public enum Kind {
        BAD_REQUEST(400, "bad-request", "The request cannot be read", Step.REQUEST),
        UNAUTHORIZED(401, "unauthorized", "A good token is needed", Step.ACCESS),
        FORBIDDEN(403, "forbidden", "This token may not do that", Step.ACCESS),
        NOT_FOUND(404, "not-found", "There is nothing at this address", Step.REQUEST),
        UNKNOWN_DEVICE(404, "unknown-device", "No such device is registered", Step.REGISTER),
        UNKNOWN_CERTIFICATE(404, "unknown-certificate", "The device has no such certificate", Step.REGISTER),
        UNKNOWN_TOKEN(404, "unknown-token", "There is no such token or client", Step.ACCESS),
        UNKNOWN_COMMAND(404, "unknown-command", "No such command was queued", Step.GATEWAY),
        NEVER_SEEN(404, "never-seen", "The gateway has not heard this from the board", Step.GATEWAY),
        NOTHING_DESIRED(404, "nothing-desired", "Nothing is desired of this pin", Step.GATEWAY),
        METHOD_NOT_ALLOWED(405, "method-not-allowed", "This address does not take that method", Step.REQUEST),
        NOT_ACCEPTABLE(406, "not-acceptable", "The API answers in JSON", Step.REQUEST),
        TOO_SLOW(408, "too-slow", "The request's body did not come in time", Step.REQUEST),
        KEY_IN_USE(409, "key-in-use", "The first request with this key is not answered", Step.REQUEST),
        DEVICE_EXISTS(409, "device-exists", "The id is taken", Step.REGISTER),
        OTHER_BOARD(409, "other-board", "The id belongs to another board", Step.REGISTER),
        PAD_RESERVED(409, "pad-reserved", "The pad belongs to the board itself", Step.BOARD),
        PAD_IS_INPUT(409, "pad-is-input", "A level cannot be written to an input", Step.BOARD),
        CLOCK_UNSET(409, "clock-unset", "The board's clock has not been set", Step.BOARD),
        TOO_LARGE(413, "too-large", "The request's body is too large", Step.REQUEST),
        URL_TOO_LONG(414, "url-too-long", "The request's path and query are too long", Step.REQUEST),
        UNSUPPORTED_MEDIA_TYPE(415, "unsupported-media-type", "The API takes JSON", Step.REQUEST),
        KEY_REUSED(422, "key-reused", "The key came with another request", Step.REQUEST),
        BAD_VALUE(422, "bad-value", "A value is outside its range", Step.REQUEST),
        CERTIFICATE_REFUSED(422, "certificate-refused", "The authority will not issue this certificate", Step.REGISTER),
        TOO_MANY_REQUESTS(429, "too-many-requests", "The caller calls too often", Step.ACCESS),
        HEADERS_TOO_LARGE(431, "headers-too-large", "The request's headers are too large", Step.REQUEST),
        INTERNAL(500, "internal", "The gateway failed", Step.GATEWAY),
        BOARD_REFUSED(502, "board-refused", "The board refused", Step.BOARD),
        RENEWAL_FAILED(502, "renewal-failed", "The board did not get its new certificate", Step.BOARD),
        FELL_BACK(502, "fell-back", "The board went back to its old certificate", Step.BOARD),
        BOARD_OFFLINE(503, "board-offline", "The board is not connected", Step.BOARD),
        BROKER_DOWN(503, "broker-down", "The broker cannot be reached", Step.BROKER),
        QUEUE_FULL(503, "queue-full", "Too many commands wait for the board", Step.GATEWAY),
        TOO_MANY_STREAMS(503, "too-many-streams", "Too many listen to events", Step.GATEWAY),
        GATEWAY_BUSY(503, "gateway-busy", "Too many commands are under way", Step.GATEWAY),
        STOPPING(503, "stopping", "The gateway is about to stop", Step.GATEWAY),
        STORE_UNAVAILABLE(503, "store-unavailable", "The gateway's database cannot be used now", Step.STORE),
        STORE_INTERRUPTED(504, "store-interrupted", "The gateway's database broke off", Step.STORE),
        NO_ANSWER(504, "no-answer", "The board did not answer", Step.BOARD);

        private final int status;
        private final String code;
        private final String title;
        private final Step step;

        Kind(int status, String code, String title, Step step) {
            this.status = status;
            this.code = code;
            this.title = title;
            this.step = step;
        }

        public int status() {
            return status;
        }

        /** The last part of the problem's type. */
        public String code() {
            return code;
        }
    }

    public Problem(Kind kind, String detail) {
        this(kind, detail, Map.of());
    }

    /** The members of the JSON object, in the order in which people want to read them. */
    public Map<String, Object> body() {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", TYPE_PREFIX + kind.code);
        body.put("title", kind.title);
        body.put("status", kind.status);
        body.put("detail", detail);
        body.put("step", kind.step.word);
        body.putAll(more);
        return body;
    }

    public Response response() {
        var response = Response.status(kind.status).type(MEDIA_TYPE).entity(body());
        if (kind == Kind.UNAUTHORIZED) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"ft900\"");
        } else if (kind == Kind.TOO_MANY_REQUESTS || kind == Kind.STOPPING) {
            response.header(HttpHeaders.RETRY_AFTER, "1");
        }
        return response.build();
    }
}
