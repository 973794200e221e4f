package dev.ft900.protocol.message;

/**
 * Name and version of the firmware on a board.
 *
 * @param value 1 to {@value #MAX_LENGTH} characters of printable ASCII without quotes and backslashes
 */
public record FirmwareVersion(String value) {
    public static final int MAX_LENGTH = 24;

    public FirmwareVersion {
        if (value.isEmpty() || value.length() > MAX_LENGTH || !PrintableAscii.is(value)) {
            throw new IllegalArgumentException("a firmware version is 1 to " + MAX_LENGTH
                    + " printable ASCII characters without quotes and backslashes; got " + value.length()
                    + " characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
