package dev.ft900.protocol.install;

/** The steps of a provisioning, in their order ({@code docs/protocol.md}, section 7). */
public enum Step {
    LISTEN("wait for the board"),
    HELLO("identify the board"),
    RATE("agree on a faster rate"),
    SEED("seed its random generator"),
    CLOCK("set its clock"),
    KEY("make a key"),
    REQUEST("read the signing request"),
    SIGN("sign the certificate"),
    ERASE("erase the spare slot"),
    WRITE("write the slot"),
    VERIFY("verify the slot"),
    COMMIT("commit the slot"),
    REBOOT("reboot the board"),
    ONLINE("see the board online");

    private final String words;

    Step(String words) {
        this.words = words;
    }

    /** What the step does, for people. */
    public String words() {
        return words;
    }

    /** Whether its time should be that of its bytes on the wire, and little else. */
    public boolean isTransfer() {
        return this == REQUEST || this == WRITE;
    }
}
