package dev.ft900.ca.flash;

import dev.ft900.protocol.name.Quoted;
import dev.ft900.protocol.provisioning.BootLine;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Who is at the other end of a cable when hello is not answered, judged by what came, and what to do about it. */
public enum Counterpart {
    /** Not a byte. */
    SILENCE(
            "nothing at all came",
            "Check power and cable (the board's TX to the adapter's RX); then press the board's reset button and start again."),
    /** It introduced itself and then did not answer. */
    DEAF(
            "the board introduced itself and then did not answer",
            "Check the wire from the adapter's TX to the board's RX; then start again."),
    /** A console of the firmware that went before this toolkit. */
    OLDER_FIRMWARE(
            "the console of an older firmware",
            "It cannot be provisioned over the wire: put the toolkit's firmware on the board (docs/provisioning.md), or give it its"
                    + " certificates with: ./ft900 ca export"),
    /** The vendor's boot loader waits for its own commands. */
    BOOT_LOADER(
            "the vendor's boot loader",
            "There is no firmware to run, or it was stopped: put the toolkit's firmware on the board (docs/provisioning.md), then reset"
                    + " it with DTR and RTS low."),
    /** Bytes that are neither text nor frames. */
    WRONG_RATE(
            "bytes that are neither text nor frames",
            "The board speaks at another rate: try --baud 19200 (older firmware), 921600 or 9600, and check the ground wire."),
    /** Text of something else. */
    STRANGER(
            "text of something that is not this toolkit's firmware",
            "Check that this is the right port: ./ft900 flash ports lists them.");

    private static final List<String> OLDER =
            List.of("Bridgetek", "IoT Device Controller", "Waiting for configuration");
    private static final List<String> LOADER = List.of("ootloader", "oot loader");
    private static final int PROMPT_AT_MOST = 100;
    /** Of a hundred bytes of a console, so many at the least are text. */
    private static final int TEXT_PERCENT = 80;

    private final String what;
    private final String advice;

    Counterpart(String what, String advice) {
        this.what = what;
        this.advice = advice;
    }

    /** Judges what came. */
    public static Counterpart of(byte[] heard) {
        if (heard.length == 0) {
            return SILENCE;
        }
        var text = new String(heard, StandardCharsets.ISO_8859_1);
        if (text.contains(BootLine.PREFIX)) {
            return DEAF;
        }
        if (OLDER.stream().anyMatch(text::contains)) {
            return OLDER_FIRMWARE;
        }
        int readable = 0;
        for (byte b : heard) {
            if (b >= 0x20 && b < 0x7F || b == '\r' || b == '\n' || b == '\t' || b == 0x1B) {
                readable++;
            }
        }
        if (readable * 100 < heard.length * TEXT_PERCENT) {
            return WRONG_RATE;
        }
        return LOADER.stream().anyMatch(text::contains) || text.strip().endsWith(">") && heard.length <= PROMPT_AT_MOST
                ? BOOT_LOADER
                : STRANGER;
    }

    /** What was found, with a sample where it helps, and the next step. An older firmware's console is never quoted: it prints passwords. */
    String words(byte[] heard) {
        var sample = this == STRANGER || this == BOOT_LOADER ? ": " + Quoted.of(lastLine(heard)) : "";
        return "expected the toolkit's firmware; found " + what + sample + ". " + advice;
    }

    private static String lastLine(byte[] heard) {
        var text = new String(heard, StandardCharsets.ISO_8859_1).strip();
        return text.substring(text.lastIndexOf('\n') + 1);
    }
}
