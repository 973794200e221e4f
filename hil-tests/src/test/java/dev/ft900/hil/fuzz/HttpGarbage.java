package dev.ft900.hil.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * HTTP requests that are wrong in one place or another: made from the contract, so that most of them get past the router. The same seed
 * makes the same requests.
 */
final class HttpGarbage {
    /** None of these is the last thing that anybody needs: the boards are the fuzz's own. */
    private static final List<String> IDS =
            List.of("fuzz0", "fuzz1", "nobody", "gw.main", "A", "-", "%00", "..", "fuzz0%2f..");

    private static final List<String> WORDS = List.of(
            "",
            "0",
            "1",
            "12",
            "66",
            "67",
            "-1",
            "999999999999999999999",
            "1e9",
            "null",
            "true",
            "NaN",
            "fuzz0",
            "%",
            "%zz",
            "%c3%28",
            "%F0%9F%98%80",
            "a%20b",
            "'%22;--",
            "..%2f..",
            "x".repeat(300),
            "5m",
            "60s",
            "last",
            "live",
            "false",
            "00000000-1");

    private static final List<String> QUERIES =
            List.of("queue", "wait", "view", "connectTimeout", "responseTimeout", "limit", "x");

    private static final List<String> HEADERS = List.of(
            "Idempotency-Key",
            "X-Request-Id",
            "Last-Event-ID",
            "Accept",
            "Content-Type",
            "Origin",
            "Expect",
            "Range",
            "If-Match",
            "X-HTTP-Method-Override",
            "Cookie",
            "Accept-Encoding",
            "TE");

    private static final List<String> NAMES = List.of(
            "value",
            "direction",
            "pull",
            "edge",
            "pin",
            "pins",
            "time",
            "text",
            "port",
            "id",
            "csr",
            "keyType",
            "board",
            "name",
            "role",
            "scope",
            "days",
            "groups",
            "devices",
            "x");

    private static final List<String> VERBS =
            List.of("GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "BREW");

    private final Random random;
    private final List<String> routes = new ArrayList<>();
    private final String host;
    private final String token;

    /** @param contract from {@code /openapi.json} */
    HttpGarbage(long seed, JsonNode contract, String host, String token) {
        this.random = new Random(seed);
        this.host = host;
        this.token = token;
        contract.path("paths")
                .properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(verb -> {
                    var upper = verb.toUpperCase(Locale.ROOT);
                    if (VERBS.contains(upper)) {
                        routes.add(upper + " " + path.getKey());
                    }
                }));
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    /** A request that a server can at least frame: its length is right. */
    byte[] request() {
        var route = one(routes).split(" ");
        var verb = oneIn(10) ? one(VERBS) : route[0];
        var body = verb.equals("GET") || verb.equals("HEAD") ? new byte[0] : body();
        var head = new StringBuilder(verb + " " + address(verb, route[1]) + " HTTP/1.1\r\nHost: " + host + "\r\n");
        if (!oneIn(12)) {
            head.append("Authorization: Bearer ").append(token).append("\r\n");
        }
        if (!oneIn(8)) {
            head.append("Content-Type: application/json\r\n");
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            head.append(one(HEADERS)).append(": ").append(headerValue()).append("\r\n");
        }
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        var all = new ByteArrayOutputStream();
        all.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(body);
        return all.toByteArray();
    }

    private String address(String verb, String template) {
        var address = template.replace("{id}", keepsBoards(verb, template) ? one(IDS) : "nobody");
        while (address.contains("{")) {
            address = address.replaceFirst(
                    "\\{[^}]*}", one(WORDS).replace("\\", "").replace("$", ""));
        }
        if (oneIn(20)) {
            address = address + "/" + one(WORDS);
        }
        var query = new StringBuilder();
        for (int i = random.nextInt(3); i > 0; i--) {
            query.append(query.isEmpty() ? "?" : "&")
                    .append(one(QUERIES))
                    .append("=")
                    .append(one(WORDS));
        }
        // Whatever else is asked for: no request may wait for longer than the test does.
        return address + query + (query.isEmpty() ? "?" : "&") + "responseTimeout=500&connectTimeout=0";
    }

    /** A board that is removed or renewed for good is no target any more. */
    private static boolean keepsBoards(String verb, String template) {
        return !(verb.equals("DELETE") && template.endsWith("{id}")) && !template.endsWith("/certificates");
    }

    private String headerValue() {
        if (oneIn(3)) {
            var bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            return new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("[\r\n\0]", "?");
        }
        return oneIn(30) ? "y".repeat(random.nextInt(20_000)) : one(WORDS);
    }

    private byte[] body() {
        if (oneIn(6)) {
            var bytes = new byte[random.nextInt(oneIn(10) ? 40_000 : 200)];
            random.nextBytes(bytes);
            return bytes;
        }
        var json = json(0).getBytes(StandardCharsets.UTF_8);
        return oneIn(5) ? Arrays.copyOf(json, random.nextInt(json.length + 1)) : json;
    }

    private String json(int depth) {
        return switch (random.nextInt(depth > 3 ? 6 : 9)) {
            case 0 -> "" + random.nextInt(70);
            case 1 -> "" + random.nextLong();
            case 2 -> one(List.of("true", "false", "null", "1.5", "-0", "1e400", "[]", "{}"));
            case 3 ->
                "\""
                        + one(List.of(
                                "in", "out", "up", "none", "now", "viewer", "P-256", "fuzz0", "2026-01-01T00:00:00Z"))
                        + "\"";
            case 4 -> "\"" + "\\u0000\ud83d\ude00é".repeat(random.nextInt(20)) + "\"";
            case 5 -> "\"" + "z".repeat(random.nextInt(400)) + "\"";
            case 6 -> "[".repeat(1 + random.nextInt(oneIn(5) ? 2_000 : 3)) + json(depth + 1);
            default -> object(depth);
        };
    }

    private String object(int depth) {
        var members = new ArrayList<String>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            members.add("\"" + one(NAMES) + "\":" + json(depth + 1));
        }
        return "{" + String.join(",", members) + "}";
    }

    /** Bytes that are no HTTP at all, or hardly. */
    byte[] noise() {
        var bytes = new byte[1 + random.nextInt(3_000)];
        random.nextBytes(bytes);
        if (oneIn(2)) {
            // Looks like HTTP for a while.
            var whole = request();
            System.arraycopy(whole, 0, bytes, 0, Math.min(whole.length, random.nextInt(bytes.length)));
        }
        return bytes;
    }
}
