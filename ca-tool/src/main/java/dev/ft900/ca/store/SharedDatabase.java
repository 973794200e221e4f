package dev.ft900.ca.store;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A PostgreSQL database on which several gateways work. A state folder whose data are there says so in its file {@code database.json};
 * every command that opens the folder follows.
 *
 * @param url such as {@code jdbc:postgresql://db.example/ft900?sslmode=verify-full}; without a password
 * @param user empty for what the driver finds (the URL, the environment, the user of the process)
 * @param password empty for what the driver finds ({@code ~/.pgpass}, {@code PGPASSFILE}), or where none is asked for
 */
public record SharedDatabase(String url, Optional<String> user, Optional<String> password) {
    private static final Pattern FORM = Pattern.compile("jdbc:postgresql://([^/?#@\\s]+)/([^/?#\\s]+)(\\?[^#\\s]*)?");
    private static final Pattern SECRET = Pattern.compile("(?i)[?&](user|password|sslpassword)=");
    private static final Pattern SAID = Pattern.compile("(?i)[?&](sslmode|ssl)=");
    private static final Pattern HERE = Pattern.compile(
            "(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]+)?(,(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]+)?)*");
    private static final JsonMapper JSON = new JsonMapper();

    /** @throws IllegalArgumentException the URL is none, or holds a password */
    public SharedDatabase {
        if (!isUrl(url)) {
            throw new IllegalArgumentException(
                    "expected jdbc:postgresql://HOST/DATABASE, without a password in it; got something else");
        }
    }

    /** Whether a text is the URL of a PostgreSQL database, and holds no password. */
    public static boolean isUrl(String text) {
        return FORM.matcher(text).matches() && !SECRET.matcher(text).find();
    }

    /** The URL; over a network with TLS and a certificate that is verified, unless the URL itself says otherwise. */
    String effectiveUrl() {
        var parts = FORM.matcher(url);
        boolean isHere = parts.matches() && HERE.matcher(parts.group(1)).matches();
        return isHere || SAID.matcher(url).find() ? url : url + (url.contains("?") ? "&" : "?") + "sslmode=verify-full";
    }

    /** Where the data of a state folder are; empty for its own file. */
    public static Optional<SharedDatabase> load(StateFolder state) throws IOException {
        try {
            var json = JSON.readTree(Files.readString(state.sharedDatabase()));
            return Optional.of(new SharedDatabase(
                    json.path("url").asText(),
                    Optional.ofNullable(json.path("user").textValue()),
                    Optional.ofNullable(json.path("password").textValue())));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JacksonException | IllegalArgumentException e) {
            // Not the parser's own words, which may quote the password.
            throw new IOException(
                    "expected {\"url\": \"jdbc:postgresql://HOST/DATABASE\", \"user\": ..., \"password\": ...} in "
                            + state.sharedDatabase() + "; there is something else",
                    e instanceof JacksonException ? null : e);
        }
    }

    /** Says in a state folder that its data are there. The file is for its owner only. */
    public void save(StateFolder state) throws IOException {
        ObjectNode json = JSON.createObjectNode().put("url", url);
        user.ifPresent(value -> json.put("user", value));
        password.ifPresent(value -> json.put("password", value));
        StateFolder.writeSecret(
                state.create().sharedDatabase(),
                JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "SharedDatabase[" + url + user.map(name -> " as " + name).orElse("") + "]";
    }
}
