package dev.ft900.hil.cli;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** By which command a person calls the toolkit. */
final class Launcher {
    private static final String OF_THE_REPOSITORY = "./ft900";

    private Launcher() {}

    /** The launcher of the archive where this runs from one, else that of the repository. */
    static String command() {
        try {
            var source = Launcher.class.getProtectionDomain().getCodeSource();
            return source == null
                    ? OF_THE_REPOSITORY
                    : command(Path.of(source.getLocation().toURI()));
        } catch (URISyntaxException e) {
            return OF_THE_REPOSITORY;
        }
    }

    /** @param code the jar or folder in which this class lies */
    static String command(Path code) {
        var launcher = code.resolveSibling("../bin/ft900").normalize();
        return Files.isExecutable(launcher) ? launcher.toString() : OF_THE_REPOSITORY;
    }
}
