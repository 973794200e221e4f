package dev.ft900.gateway.access;

import java.util.Arrays;
import java.util.Optional;

/** What a caller may do; each role includes those below it. */
public enum Role {
    /** Reads. */
    VIEWER("viewer"),
    /** Commands boards. */
    OPERATOR("operator"),
    /** Registers and removes devices. */
    ADMIN("admin");

    private final String word;

    Role(String word) {
        this.word = word;
    }

    public static Optional<Role> from(String word) {
        return Arrays.stream(values()).filter(role -> role.word.equals(word)).findFirst();
    }

    public String word() {
        return word;
    }

    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }
}
