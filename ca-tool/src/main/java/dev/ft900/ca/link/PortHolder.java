package dev.ft900.ca.link;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process that has a device open.
 *
 * @param pid of the process
 * @param command its name
 */
public record PortHolder(long pid, String command) {
    private static final Path PROC = Path.of("/proc");

    /** Who has a device open, as far as this user may see; always empty on systems without {@code /proc}. */
    public static Optional<PortHolder> of(Path device) {
        try {
            var wanted = device.toRealPath();
            try (var processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
                for (var process : processes) {
                    if (holds(process, wanted) && !isThisProcess(process)) {
                        return Optional.of(new PortHolder(
                                Long.parseLong(process.getFileName().toString()),
                                Files.readString(process.resolve("comm")).strip()));
                    }
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean isThisProcess(Path process) {
        return process.getFileName()
                .toString()
                .equals(Long.toString(ProcessHandle.current().pid()));
    }

    private static boolean holds(Path process, Path device) {
        return isIn(() -> Files.newDirectoryStream(process.resolve("fd")), device);
    }

    interface Listing {
        DirectoryStream<Path> open() throws IOException;
    }

    /** Whether one of the links in a folder leads to a device. */
    static boolean isIn(Listing folder, Path device) {
        try (var files = folder.open()) {
            for (var file : files) {
                if (Files.isSymbolicLink(file) && Files.readSymbolicLink(file).equals(device)) {
                    return true;
                }
            }
            return false;
        } catch (IOException | DirectoryIteratorException e) {
            // Another user's process, or one that has just ended.
            return false;
        }
    }

    @Override
    public String toString() {
        return command + " (process " + pid + ")";
    }
}
