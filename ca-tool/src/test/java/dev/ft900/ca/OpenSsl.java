package dev.ft900.ca;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The openssl program, as a second opinion on certificates. */
public final class OpenSsl {
    private OpenSsl() {}

    /** What a run said and how it ended. */
    public record Run(int exitCode, String output) {}

    /** Skips the test, with the reason, on a machine without openssl; CI installs it. */
    public static void require() {
        assumeTrue(isThere(), "openssl is not on the PATH of this machine; install it to run this test");
    }

    private static boolean isThere() {
        try {
            return run("version").exitCode() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Runs {@code openssl} with these arguments. */
    public static Run run(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            var output = new String(process.getInputStream().readAllBytes());
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("openssl did not end within 30 s");
            }
            return new Run(process.exitValue(), output);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
