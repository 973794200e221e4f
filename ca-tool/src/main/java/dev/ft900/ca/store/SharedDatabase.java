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
 * @param url such as {@code jdbc:postgresql://db.example/ft900?sslrootcert=/etc/ft900/db-ca.pem}; without a password
 * @param user empty for what the driver finds (the URL, the environment, the user of the process)
 * @param password empty for what the driver finds ({@code ~/.pgpass}, {@code PGPASSFILE}), or where none is asked for
 */
public record SharedDatabase(String url, Optional<String> user, Optional<String> password) {
    private static final Pattern FORM = Pattern.compile("jdbc:postgresql://([^/?#@\\s]+)/([^/?#\\s]+)(\\?[^#\\s]*)?");
    private static final Pattern SECRET = Pattern.compile("(?i)[?&](user|password|sslpassword)=");
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

    /**
     * What is said of the database of a state folder, by settings or by the environment, with what the folder's own file says of the same
     * database.
     *
     * @param url empty for the one in the file
     * @return empty when neither names a database
     * @throws IllegalArgumentException the URL is none, or holds a password
     */
    public static Optional<SharedDatabase> said(
            StateFolder state, Optional<String> url, Optional<String> user, Optional<String> password)
            throws IOException {
        var known = load(state);
        return url.or(() -> known.map(SharedDatabase::url)).map(there -> {
            var same = known.filter(before -> before.url().equals(there));
            return new SharedDatabase(
                    there,
                    user.or(() -> same.flatMap(SharedDatabase::user)),
                    password.or(() -> same.flatMap(SharedDatabase::password)));
        });
    }

    /**
     * From now on every command on this state folder works there.
     *
     * @throws IOException the folder has data of its own; or the URL is for a network and asks for too little security
     */
    public void choose(StateFolder state) throws IOException {
        var before = load(state);
        if (before.isEmpty() && StateDatabase.exists(state)) {
            throw new IOException("expected a new state folder for the database " + url + "; " + state.path()
                    + " has its boards, certificates and tokens in "
                    + state.database().getFileName()
                    + ", where nobody would see them any more. Choose another folder with --state, or take back"
                    + " database-url (FT900_DATABASE_URL).");
        }
        if (!before.equals(Optional.of(this))) {
            new PostgresEngine(this);
            save(state);
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
