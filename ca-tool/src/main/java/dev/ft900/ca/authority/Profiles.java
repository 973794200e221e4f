package dev.ft900.ca.authority;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** The profiles that come with the toolkit: the files of {@code certs/profiles}, read and checked. */
public final class Profiles {
    /** For boards. */
    public static final String BOARD = "board";

    /** For brokers. */
    public static final String BROKER = "broker";

    /** For gateways. */
    public static final String GATEWAY = "gateway";

    private static final String FOLDER = "/dev/ft900/certs/profiles";
    private static final int MAX_DAYS = 7300;
    private static final int MIN_BYTES = 512;
    private static final int MAX_BYTES = 16_384;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private final Map<String, Profile> byName;

    private Profiles(Map<String, Profile> byName) {
        this.byName = byName;
    }

    /** A profile's file, field by field. */
    private record ProfileFile(
            String name,
            String description,
            String subject,
            List<String> keys,
            List<String> usage,
            String names,
            String signer,
            int validDays,
            int maxBytes) {}

    /**
     * Reads the profiles.
     *
     * @throws IllegalStateException one of them breaks a rule; the message names file and rule
     */
    public static Profiles load() {
        try {
            var folder = Profiles.class.getResource(FOLDER);
            if (folder == null) {
                throw new IllegalStateException("expected " + FOLDER + " on the class path; it is not there");
            }
            return load(folder.toURI());
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("expected readable profiles in " + FOLDER + ": " + e.getMessage(), e);
        }
    }

    /** A folder on the class path lies in the file system or in a jar. */
    static Profiles load(URI folder) throws IOException {
        if (!folder.getScheme().equals("jar")) {
            return load(Path.of(folder));
        }
        // The raw part is still a URI, with spaces as %20. A folder above the jar may have the "!" in its name that
        // ends the jar's.
        var raw = folder.getRawSchemeSpecificPart();
        var file = URI.create(raw.substring(0, raw.lastIndexOf('!')));
        try (var jar = FileSystems.newFileSystem(Path.of(file))) {
            return load(jar.getPath(FOLDER));
        }
    }

    static Profiles load(Path folder) {
        var profiles = new TreeMap<String, Profile>();
        try (var files = Files.list(folder)) {
            for (var file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
                var profile = read(file);
                profiles.put(profile.name(), profile);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Profiles(profiles);
    }

    private static Profile read(Path file) throws IOException {
        try {
            var read = JSON.readValue(Files.readString(file), ProfileFile.class);
            require((read.name() + ".json").equals(file.getFileName().toString()), "name is the file's name");
            require(read.description() != null && !read.description().isBlank(), "description is not empty");
            require(read.validDays() >= 1 && read.validDays() <= MAX_DAYS, "validDays is 1 to " + MAX_DAYS);
            require(
                    read.maxBytes() >= MIN_BYTES && read.maxBytes() <= MAX_BYTES,
                    "maxBytes is " + MIN_BYTES + " to " + MAX_BYTES);
            return new Profile(
                    read.name(),
                    read.description(),
                    one("subject", read.subject(), Profile.SubjectRule.values(), Profile.SubjectRule::word),
                    some("keys", read.keys(), KeyKind.class, KeyKind::word),
                    some("usage", read.usage(), Profile.Usage.class, Profile.Usage::word),
                    one("names", read.names(), Profile.NameRule.values(), Profile.NameRule::word),
                    one("signer", read.signer(), KeyKind.values(), KeyKind::word),
                    Duration.ofDays(read.validDays()),
                    read.maxBytes());
        } catch (IllegalArgumentException | JacksonException e) {
            throw new IllegalStateException("profile " + file.getFileName() + " breaks a rule: " + e.getMessage(), e);
        }
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }

    private static <E extends Enum<E>> E one(String field, String word, E[] values, Function<E, String> wordOf) {
        return Arrays.stream(values)
                .filter(value -> wordOf.apply(value).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(field + " is one of "
                        + Arrays.stream(values).map(wordOf).toList() + "; got " + word));
    }

    private static <E extends Enum<E>> Set<E> some(
            String field, List<String> words, Class<E> type, Function<E, String> wordOf) {
        require(words != null && !words.isEmpty(), field + " is not empty");
        var found = new ArrayList<E>();
        for (var word : words) {
            found.add(one(field, word, type.getEnumConstants(), wordOf));
        }
        return EnumSet.copyOf(found);
    }

    public Optional<Profile> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** One of the profiles that this program itself relies on. */
    public Profile get(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException("the toolkit comes with a profile " + name));
    }

    public List<Profile> all() {
        return List.copyOf(byName.values());
    }
}
