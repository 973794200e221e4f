package dev.ft900.gateway.broker.outside;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Makes a broker read its revocation lists again. */
interface Reload {
    /** For a broker that reads them at every connect. */
    Reload NONE = () -> {};

    /** @throws IOException the broker could not be told; try again */
    void run() throws IOException, InterruptedException;

    /** Whether a list counts only if it was made in a later second than the one before. */
    default boolean wantsLaterSecond() {
        return false;
    }

    /** By a command of the system, such as one that sends a signal. */
    record ByCommand(List<String> command) implements Reload {
        private static final long PATIENCE_SECONDS = 5;

        /** OpenSSL, which reads the file into what it has, keeps the older of two lists of the same second. */
        @Override
        public boolean wantsLaterSecond() {
            return true;
        }

        @Override
        public void run() throws IOException, InterruptedException {
            var process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("the command that reloads the broker did not end: " + command);
            }
            if (process.exitValue() != 0) {
                throw new IOException(
                        "the command that reloads the broker ended with " + process.exitValue() + ": " + command);
            }
        }
    }
}
