package dev.ft900.ca.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says why a file that somebody named cannot be written, in whole sentences that name it. */
public final class OutputFile {
    private OutputFile() {}

    /** What a failure of the file system, whose own message is often a bare path, means for this file. */
    public static IOException unwritable(Path file, FileSystemException failure) {
        return new IOException("expected to write " + file + "; " + why(file, failure), failure);
    }

    private static String why(Path file, FileSystemException failure) {
        if (Files.isDirectory(file)) {
            return "that is a folder";
        }
        for (var above = file.toAbsolutePath().getParent(); above != null; above = above.getParent()) {
            if (Files.exists(above) && !Files.isDirectory(above)) {
                return above + " is a file, and no folder";
            }
        }
        if (failure instanceof AccessDeniedException) {
            return "this user may not write there";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "something of this name is there already";
        }
        return failure.getReason() == null ? "its folder cannot be made or used" : failure.getReason();
    }
}
