package dev.ft900.gateway.broker.outside;

import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.store.StateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** What all kits have in common: the folder, the TLS files, the script that starts the broker. */
public final class KitFiles {
    static final String START = "start";

    private static final int SECRET_BYTES = 24;

    private static final String CERTIFICATE = "tls/server.pem";

    private final KitPlan plan;

    KitFiles(KitPlan plan) {
        this.plan = plan;
    }

    /** The chain that the broker of a kit shows, its own certificate first. */
    public static Path certificate(Path kit) {
        return kit.resolve(CERTIFICATE);
    }

    /** The folders and the TLS files. Key and folders are for their owner only. */
    void writeTls() throws IOException {
        for (var folder : new String[] {".", "tls", "data", "log"}) {
            StateFolder.createDirectory(plan.folder().resolve(folder));
        }
        var identity = plan.identity();
        secret("tls/server.key", Pem.privateKey(identity.key()));
        text(CERTIFICATE, Pem.certificates(identity.chain()));
        text("tls/trust.pem", Pem.certificates(identity.anchors()));
    }

    Path file(String name) {
        return plan.folder().resolve(name);
    }

    void text(String name, String content) throws IOException {
        StateFolder.write(file(name), content.getBytes(StandardCharsets.UTF_8));
    }

    void secret(String name, String content) throws IOException {
        StateFolder.writeSecret(file(name), content.getBytes(StandardCharsets.UTF_8));
    }

    /** A shell script that runs the broker in the foreground. */
    void startScript(String content) throws IOException {
        text(START, content);
        Files.setPosixFilePermissions(file(START), PosixFilePermissions.fromString("rwx------"));
    }

    /** A password or the like: 192 random bits. */
    static String newSecret() {
        var random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
