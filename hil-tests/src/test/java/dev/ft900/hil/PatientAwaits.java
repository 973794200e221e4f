package dev.ft900.hil;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** How long a test waits that does not say. Awaitility's ten seconds are short where two forks and a broker share two processors. */
public final class PatientAwaits implements BeforeAllCallback {
    private static final Duration USUAL = Duration.ofSeconds(60);

    @Override
    public void beforeAll(ExtensionContext context) {
        Awaitility.setDefaultTimeout(USUAL);
    }
}
