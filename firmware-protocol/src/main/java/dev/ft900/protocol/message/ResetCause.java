package dev.ft900.protocol.message;

import java.util.Arrays;
import java.util.Optional;

/** Why a board started. */
public enum ResetCause {
    POWER_ON("power-on"),
    /** A reset command over MQTT. */
    COMMAND("command"),
    /** A reboot asked for by a provisioning frame. */
    PROVISIONING("provisioning"),
    WATCHDOG("watchdog"),
    /** The reset pin. */
    PIN("pin"),
    /** The firmware gave up: a broken promise inside it. */
    FAULT("fault");

    private final String word;

    ResetCause(String word) {
        this.word = word;
    }

    /** The cause that goes by this word on the wire and in REST. */
    public static Optional<ResetCause> from(String word) {
        return Arrays.stream(values()).filter(c -> c.word.equals(word)).findFirst();
    }

    public String word() {
        return word;
    }
}
