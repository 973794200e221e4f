package dev.ft900.ca.cli.authority;

import dev.ft900.ca.authority.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A state folder with an authority, and the commands below {@code ca} as a person or a job calls them. */
abstract class CaCommandsFixture {
    @TempDir
    Path dir;

    Path state;

    @BeforeEach
    void init() {
        state = dir.resolve("state");
        ca("init").ok();
    }

    CommandRun ca(String... arguments) {
        return CommandRun.ca(state, arguments);
    }

    Path path(String name) {
        return dir.resolve(name);
    }

    String issue(String profile, String name, String... more) throws IOException {
        var arguments = new ArrayList<>(List.of(
                "issue", "--profile", profile, "--cn", name, "--out", path(name).toString(), "--json"));
        arguments.addAll(List.of(more));
        return ca(arguments.toArray(String[]::new)).ok().json().get("serial").asText();
    }

    Path request(String file, KeyPair asked, KeyPair signedWith) throws Exception {
        var der = new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=somebody-else"), asked.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(signedWith.getPrivate()))
                .getEncoded();
        return Files.writeString(path(file), Pem.request(der));
    }

    static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
