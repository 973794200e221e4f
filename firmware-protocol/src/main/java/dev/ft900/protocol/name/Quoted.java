package dev.ft900.protocol.name;

/** A foreign text made fit for a message: cut, and without control characters. */
public final class Quoted {
    private static final int LONGEST = 60;

    private Quoted() {}

    /** The text in quotes, at most 60 characters of it, each control character shown as {@code ?}. */
    public static String of(String text) {
        if (text == null) {
            return "nothing";
        }
        var shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return '"' + shown.replaceAll("\\p{Cntrl}", "?") + '"';
    }
}
