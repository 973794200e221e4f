package dev.ft900.ca.cli;

import dev.ft900.ca.authority.Passphrase;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Asks a person, if there is one. Without a terminal nobody is asked. */
public final class Terminal {
    private Terminal() {}

    /** Whether somebody sits there. */
    public static boolean isThere() {
        return System.console() != null;
    }

    /**
     * A passphrase from the terminal; empty without one. Asked for once, however often it is needed.
     *
     * @param twice a new one, which is asked for again to be sure
     */
    public static Passphrase.Source passphrase(String what, boolean twice) {
        Passphrase.Source asked = () -> {
            var console = System.console();
            if (console == null) {
                return Optional.empty();
            }
            var typed = console.readPassword("%s: ", what);
            var again = typed != null && twice ? console.readPassword("%s, again: ", what) : typed;
            if (typed == null || again == null) {
                throw new IOException("expected a passphrase; the input ended. Nothing was changed");
            }
            if (!Arrays.equals(typed, again)) {
                throw new IOException("expected the same passphrase twice; nothing was changed");
            }
            try {
                return Optional.of(new Passphrase(new String(typed), true));
            } catch (IllegalArgumentException e) {
                throw new IOException(e.getMessage(), e);
            }
        };
        return asked.once();
    }
}
