package dev.ft900.gateway.settings;

import java.util.Optional;

/**
 * One setting. Its name is the same everywhere: {@code --https-port}, {@code FT900_HTTPS_PORT}, and {@code https-port} in a file.
 *
 * @param name with hyphens
 * @param label stands for the value in the help
 * @param usual the value when nobody gives one; empty for none at all
 * @param isSecret whether it is never shown; such a setting has no flag, since everybody on a machine sees the flags of its processes
 * @param description what it is for; no full stop
 */
public record Setting<T>(
        String name, String label, Optional<String> usual, Rule<T> rule, boolean isSecret, String description) {
    static <T> Setting<T> of(String name, String label, String usual, Rule<T> rule, String description) {
        return new Setting<>(name, label, Optional.of(usual), rule, false, description);
    }

    static <T> Setting<T> optional(String name, String label, Rule<T> rule, String description) {
        return new Setting<>(name, label, Optional.empty(), rule, false, description);
    }

    static <T> Setting<T> secret(String name, String label, Rule<T> rule, String description) {
        return new Setting<>(name, label, Optional.empty(), rule, true, description);
    }

    public String flag() {
        return "--" + name;
    }
}
