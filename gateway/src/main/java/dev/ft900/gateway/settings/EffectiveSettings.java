package dev.ft900.gateway.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What counts of all that was given: flags before environment before file before the usual. Every value has been checked. */
public final class EffectiveSettings {
    private static final String MASK = "(set, not shown)";

    private final Map<Setting<?>, Given> given = new LinkedHashMap<>();
    private final Map<Setting<?>, Object> values = new LinkedHashMap<>();

    private EffectiveSettings() {}

    /**
     * Puts the sources together.
     *
     * @param flags by name of the setting
     * @param environment by name of the setting
     * @throws SettingsException some are wrong; all that is wrong is in it
     */
    public static EffectiveSettings read(Map<String, Given> flags, Map<String, Given> environment, Optional<Path> file)
            throws SettingsException {
        var fromFile = file.map(SettingsFile::read).orElse(SettingsFile.none());
        var errors = new ArrayList<>(fromFile.errors());
        var effective = new EffectiveSettings();
        for (var setting : Settings.ALL) {
            first(setting, List.of(flags, environment, fromFile.given()))
                    .ifPresent(given -> effective.take(setting, given, errors));
        }
        effective.checkTogether(errors);
        if (!errors.isEmpty()) {
            throw new SettingsException(errors);
        }
        return effective;
    }

    private static Optional<Given> first(Setting<?> setting, List<Map<String, Given>> sources) {
        for (var source : sources) {
            var given = source.get(setting.name());
            if (given != null) {
                // An empty value is how a source takes back what one below it says.
                return given.value().isEmpty() ? usual(setting) : Optional.of(given);
            }
        }
        return usual(setting);
    }

    private static Optional<Given> usual(Setting<?> setting) {
        return setting.usual().map(value -> new Given(value, Given.USUAL));
    }

    private void take(Setting<?> setting, Given value, List<String> errors) {
        try {
            values.put(setting, setting.rule().parser().apply(value.value()));
            given.put(setting, value);
        } catch (IllegalArgumentException e) {
            errors.add("expected " + setting.name() + " to be " + setting.rule().expects() + "; got "
                    + (setting.isSecret() || setting == Settings.DATABASE_URL ? "something else" : value.value())
                    + " from " + value.source());
        }
    }

    private void checkTogether(List<String> errors) {
        int https = find(Settings.HTTPS_PORT).orElse(0);
        if (https != 0 && find(Settings.MQTT_PORT).orElse(0) == https) {
            errors.add("expected two ports; https-port and mqtt-port are both " + https + " (from "
                    + source(Settings.HTTPS_PORT) + " and " + source(Settings.MQTT_PORT) + ")");
        }
        if (isChosen(Settings.BROKER) && find(Settings.BROKER_KIT).isPresent()) {
            errors.add("expected broker or broker-kit; got both (from " + source(Settings.BROKER) + " and "
                    + source(Settings.BROKER_KIT) + ")");
        }
        boolean outside = isChosen(Settings.BROKER) || find(Settings.BROKER_KIT).isPresent();
        if (outside && find(Settings.FIRST_CONNECT).orElse(false)) {
            errors.add("expected first-connect with the embedded broker only; got it with another (from "
                    + source(Settings.FIRST_CONNECT) + ")");
        }
    }

    private boolean isChosen(Setting<String> setting) {
        return find(setting).isPresent() && !find(setting).equals(setting.usual());
    }

    private String source(Setting<?> setting) {
        return given.get(setting).source();
    }

    /** The value of a setting that always has one. */
    public <T> T get(Setting<T> setting) {
        return find(setting).orElseThrow();
    }

    @SuppressWarnings("unchecked") // Only the setting's own rule makes its values.
    public <T> Optional<T> find(Setting<T> setting) {
        return Optional.ofNullable((T) values.get(setting));
    }

    /** Value and source of every setting that has one, in the order of the help, secrets masked. */
    public Map<Setting<?>, Given> shown() {
        var shown = new LinkedHashMap<Setting<?>, Given>();
        given.forEach(
                (setting, value) -> shown.put(setting, setting.isSecret() ? new Given(MASK, value.source()) : value));
        return shown;
    }

    /** Without the values, some of which are secrets. */
    @Override
    public String toString() {
        return "EffectiveSettings[" + given.size() + "]";
    }
}
