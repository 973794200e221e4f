package dev.ft900.ca.cli.authority;

import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.file.InputFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A signing request in a file, PEM or DER. */
final class RequestFile {
    private RequestFile() {}

    /** The request in DER, not checked yet. */
    static byte[] read(Path file) throws IOException {
        var bytes = InputFile.bytes(file, "a signing request");
        return Pem.readRequest(new String(bytes, StandardCharsets.ISO_8859_1)).orElse(bytes);
    }
}
