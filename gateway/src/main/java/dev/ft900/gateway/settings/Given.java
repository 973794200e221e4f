package dev.ft900.gateway.settings;

/**
 * What somebody gave for a setting.
 *
 * @param source who, as people look for it: a flag, a variable, a file with its line
 */
public record Given(String value, String source) {
    /** What comes from nobody. */
    static final String USUAL = "default";
}
