package dev.ft900.gateway.settings;

import java.util.List;

/** Settings that cannot be: all that is wrong with them, at once. */
public final class SettingsException extends Exception {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // Never serialised; what is kept is an unmodifiable list of strings.
    private final List<String> errors;

    SettingsException(List<String> errors) {
        super((errors.size() == 1 ? "a setting is wrong:" : errors.size() + " settings are wrong:") + "\n  "
                + String.join("\n  ", errors));
        this.errors = List.copyOf(errors);
    }

    /** One sentence each: which setting, what was expected, what came and from where. */
    public List<String> errors() {
        return errors;
    }
}
