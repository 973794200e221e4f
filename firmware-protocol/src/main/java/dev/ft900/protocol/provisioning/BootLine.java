package dev.ft900.protocol.provisioning;

/** The line that a board prints on its console when it has booted, and by which a station knows that it may speak. */
public final class BootLine {
    /** How it begins. */
    public static final String PREFIX = "FT900 toolkit ";

    private BootLine() {}

    /** Whether a console shows a whole boot line. */
    public static boolean isIn(String console) {
        int at = console.indexOf(PREFIX);
        return at >= 0 && console.indexOf('\n', at) >= 0;
    }
}
