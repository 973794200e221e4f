package dev.ft900.ca.flash;

/** The steps of a provisioning, in their order ({@code docs/protocol.md}, section 7). */
public enum Step {
    LISTEN("wait for the board"),
    HELLO("identify the board"),
    SEED("seed its random generator"),
    CLOCK("set its clock"),
    KEY("make a key on the board"),
    REQUEST("read the signing request"),
    SIGN("sign the certificate"),
    ERASE("erase the spare slot"),
    WRITE("write the slot"),
    VERIFY("verify the slot"),
    COMMIT("commit the slot"),
    REBOOT("reboot the board");

    private final String words;

    Step(String words) {
        this.words = words;
    }

    /** What the step does, for people. */
    public String words() {
        return words;
    }
}
