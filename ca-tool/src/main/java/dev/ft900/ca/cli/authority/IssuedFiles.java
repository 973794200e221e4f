package dev.ft900.ca.cli.authority;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ft900.ca.authority.IssuedCertificate;
import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.store.StateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Optional;

/** The files of a new certificate: {@code NAME.cert.pem}, {@code NAME.chain.pem} and, with a key made here, {@code NAME.key.pem}. */
record IssuedFiles(Path certificate, Path chain, Optional<Path> key) {
    /** Makes the folder if it is missing, before anything is issued that could then not be written. */
    static void prepare(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            StateFolder.createDirectory(folder.toAbsolutePath());
        }
    }

    /** The file of a private key. */
    static Path key(Path folder, String name) {
        return folder.resolve(name + ".key.pem");
    }

    static IssuedFiles write(Path folder, String name, IssuedCertificate issued, Optional<KeyPair> key)
            throws IOException {
        var files = new IssuedFiles(
                folder.resolve(name + ".cert.pem"),
                folder.resolve(name + ".chain.pem"),
                key.map(made -> key(folder, name)));
        if (key.isPresent()) {
            StateFolder.writeSecret(
                    files.key().orElseThrow(), bytes(Pem.privateKey(key.get().getPrivate())));
        }
        StateFolder.write(files.chain(), bytes(Pem.certificates(issued.chain())));
        StateFolder.write(files.certificate(), bytes(Pem.certificate(issued.certificate())));
        return files;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    ObjectNode json(IssuedCertificate issued) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("commonName", CertificateWords.commonName(issued.certificate()))
                .put("serial", issued.serial())
                .put("notAfter", issued.certificate().getNotAfter().toInstant().toString())
                .put("certificate", certificate.toString())
                .put("chain", chain.toString());
        key.ifPresent(file -> json.put("key", file.toString()));
        return json;
    }

    String words(IssuedCertificate issued) {
        return CertificateWords.commonName(issued.certificate()) + " (serial " + issued.serial() + ", valid until "
                + issued.certificate().getNotAfter().toInstant() + "): " + certificate + ", " + chain
                + key.map(file -> ", " + file).orElse("");
    }
}
