package dev.ft900.gateway.settings;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A file of settings in the form of Java's properties, as UTF-8: {@code https-port = 8443}, one a line, {@code #} before a comment.
 *
 * @param given by name of the setting
 * @param errors what is wrong with the file, one sentence each
 */
record SettingsFile(Map<String, Given> given, List<String> errors) {
    private static final SettingsFile NONE = new SettingsFile(Map.of(), List.of());
    private static final Map<String, Setting<?>> BY_NAME =
            Settings.ALL.stream().collect(Collectors.toUnmodifiableMap(Setting::name, Function.identity()));

    static SettingsFile none() {
        return NONE;
    }

    static SettingsFile read(Path file) {
        var given = new LinkedHashMap<String, Given>();
        var errors = new ArrayList<String>();
        try {
            new EveryLine(file, given, errors).load(new StringReader(Files.readString(file)));
        } catch (IOException e) {
            errors.add("expected to read the settings file " + file + " as UTF-8; " + e);
        } catch (IllegalArgumentException e) {
            errors.add("expected " + file + " to be a file of properties; " + e.getMessage());
        }
        return new SettingsFile(given, errors);
    }

    /** Sees every line, where properties themselves would let a later one silently replace an earlier. */
    private static final class EveryLine extends Properties {
        private static final long serialVersionUID = 1L;

        private final transient Path file;
        private final transient Map<String, Given> given;
        private final transient List<String> errors;

        EveryLine(Path file, Map<String, Given> given, List<String> errors) {
            this.file = file;
            this.given = given;
            this.errors = errors;
        }

        @Override
        public synchronized Object put(Object key, Object value) {
            var name = (String) key;
            var setting = BY_NAME.get(name);
            if (setting == null) {
                errors.add("expected a setting of the gateway; " + name + " in " + file + " is none"
                        + (name.equals("state") ? ": say it with --state or FT900_STATE" : ""));
            } else if (given.put(name, new Given(inFolder(setting, ((String) value).strip()), file.toString()))
                    != null) {
                errors.add("expected " + name + " once in " + file + "; it stands there more often");
            }
            return null;
        }

        private String inFolder(Setting<?> setting, String value) {
            return setting.rule().isPath() && !value.isEmpty()
                    ? file.toAbsolutePath().resolveSibling(value).normalize().toString()
                    : value;
        }
    }
}
