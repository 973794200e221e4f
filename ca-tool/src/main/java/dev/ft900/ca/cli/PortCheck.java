package dev.ft900.ca.cli;

import dev.ft900.ca.link.PortHolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Whether a port of this machine can be opened.
 *
 * @param usable whether this user may read and write a device
 * @param holder who has a device open
 */
record PortCheck(Predicate<Path> usable, Function<Path, Optional<PortHolder>> holder) {
    /** By what this machine says. */
    static final PortCheck HERE =
            new PortCheck(path -> Files.isReadable(path) && Files.isWritable(path), PortHolder::of);

    Check look(String name) {
        var path = Path.of(name);
        if (!Files.exists(path)) {
            // Windows has names for ports and no files.
            return name.startsWith("/")
                    ? Check.fail(
                            "port",
                            "there is no " + name,
                            "plug the adapter in; ./ft900 flash ports lists what is there")
                    : Check.ok("port", name);
        }
        if (!usable.test(path)) {
            return Check.fail(
                    "port",
                    "this user may not use " + name,
                    "join the group that owns it (ls -l " + name + "; often dialout) and log in again");
        }
        if (isPseudoTerminal(path)) {
            // Its other end belongs to a virtual board, which holds this one open as well.
            return Check.ok("port", name + ", a virtual board's");
        }
        return holder.apply(path)
                .map(who -> Check.fail("port", who + " has " + name + " open", "end that program"))
                .orElse(Check.ok("port", name + ", free, and this user may use it"));
    }

    private static boolean isPseudoTerminal(Path path) {
        try {
            return path.toRealPath().startsWith("/dev/pts");
        } catch (IOException e) {
            return false;
        }
    }
}
