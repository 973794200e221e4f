package dev.ft900.agent.app;

import dev.ft900.agent.flash.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;

/**
 * Where a virtual board lives between runs: {@code flash.bin}, {@code jitter.bin} (the recorded noise that makes its keys its own),
 * {@code tty} (a link to its port while it runs).
 *
 * @param path the folder; readable by its owner only
 */
public record BoardFolder(Path path) {
    private static final int JITTER_BYTES = 64;

    Path flash() {
        return path.resolve("flash.bin");
    }

    Path tty() {
        return path.resolve("tty");
    }

    /** Makes the folder if it is not there. */
    void create() throws IOException {
        Files.createDirectories(path);
        OwnerOnly.folder(path);
    }

    /** The board's noise, recorded at its first start. */
    byte[] jitter() throws IOException {
        var file = path.resolve("jitter.bin");
        if (!Files.exists(file)) {
            var noise = new byte[JITTER_BYTES];
            new SecureRandom().nextBytes(noise);
            var written = Files.write(path.resolve("jitter.bin.new"), noise);
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        }
        var noise = Files.readAllBytes(file);
        if (noise.length != JITTER_BYTES) {
            throw new IOException("expected " + JITTER_BYTES + " bytes in " + file + "; it has " + noise.length
                    + ". Remove the folder " + path + " to start with an empty board.");
        }
        return noise;
    }
}
