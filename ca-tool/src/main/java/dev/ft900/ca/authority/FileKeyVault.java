package dev.ft900.ca.authority;

import dev.ft900.ca.store.StateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;

/** Keys as files {@code NAME.key.pem} in a folder: encrypted with a passphrase, mode 0600. */
public final class FileKeyVault implements KeyVault {
    private final Path folder;
    private final Passphrase.Source passphrase;
    private final String advice;

    /** @param passphrase is asked when a key is made or opened, and not before */
    public FileKeyVault(Path folder, Passphrase.Source passphrase) {
        this(
                folder,
                passphrase,
                "Set " + Passphrase.VARIABLE + " or " + Passphrase.FILE_VARIABLE + ", or give --passphrase-file.");
    }

    /** @param advice what to do when there is no passphrase */
    public FileKeyVault(Path folder, Passphrase.Source passphrase, String advice) {
        this.folder = folder;
        this.passphrase = passphrase;
        this.advice = advice;
    }

    private Path file(String name) {
        return folder.resolve(name + ".key.pem");
    }

    @Override
    public boolean holds(String name) {
        return Files.exists(file(name));
    }

    @Override
    public KeyPair create(String name, KeyKind kind) throws IOException {
        var secret = secret(name);
        var key = kind.generate();
        StateFolder.writeSecret(
                file(name), Pem.encryptedPrivateKey(key.getPrivate(), secret).getBytes(StandardCharsets.US_ASCII));
        return key;
    }

    @Override
    public PrivateKey open(String name) throws IOException {
        if (!holds(name)) {
            throw new IOException("expected the key " + file(name)
                    + "; there is no such file. If it is kept offline, say where with --offline-root.");
        }
        var text = Files.readString(file(name));
        if (!Pem.isEncrypted(text)) {
            throw new IOException("expected an encrypted key in " + file(name)
                    + "; it is not, so whoever copies the file has the authority. Encrypt it with its passphrase: openssl pkcs8"
                    + " -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA256 -in " + file(name)
                    + " -out NEW, then move NEW to its place.");
        }
        try {
            return Pem.readPrivateKey(text, secret(name));
        } catch (PemException e) {
            throw new IOException("expected to open the key " + file(name) + "; " + e.getMessage(), e);
        }
    }

    private Passphrase secret(String name) throws IOException {
        return passphrase
                .get()
                .orElseThrow(() -> new IOException(
                        "expected a passphrase for the key " + file(name) + "; nobody gave one. " + advice));
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
