package dev.ft900.ca.cli.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.ca.OpenSsl;
import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.protocol.slot.SlotCodec;
import java.io.FileInputStream;
import java.nio.file.Files;
import java.security.KeyStore;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code ca export}. */
class ExportCommandsTest extends CaCommandsFixture {
    @Test
    void exportsWhatServersJavaAndBoardsTake() throws Exception {
        issue("board", "board7");
        var key = path("board7/board7.key.pem").toString();
        var password = Files.writeString(path("password"), "sesame\n").toString();

        ca("export", "--id", "board7", "--format", "der", "--out", path("b.der").toString())
                .ok();
        assertThat(Pem.readCertificate(Files.readAllBytes(path("b.der")))
                        .getSubjectX500Principal()
                        .getName())
                .isEqualTo("CN=board7");
        ca("export", "--id", "board7", "--format", "pem", "--out", path("b.pem").toString())
                .ok();
        assertThat(path("b.pem")).hasSameTextualContentAs(path("board7/board7.chain.pem"));
        assertThat(Pem.readCertificates(path("b.pem"))).hasSize(2);
        ca(
                        "export",
                        "--id",
                        "board7",
                        "--format",
                        "p12",
                        "--key",
                        key,
                        "--password-file",
                        password,
                        "--out",
                        path("b.p12").toString())
                .ok();
        var store = KeyStore.getInstance("PKCS12");
        try (var in = new FileInputStream(path("b.p12").toFile())) {
            store.load(in, "sesame".toCharArray());
        }
        assertThat(store.getCertificateChain("board7")).hasSize(2);
        assertThat(mode(path("b.p12"))).isEqualTo("rw-------");
        ca(
                        "export",
                        "--id",
                        "board7",
                        "--format",
                        "slot",
                        "--broker",
                        "broker.example",
                        "--generation",
                        "9",
                        "--out",
                        path("b.slot").toString())
                .ok();
        var slot = SlotCodec.decode(Files.readAllBytes(path("b.slot")));
        assertThat(slot.generation()).isEqualTo(9);
        assertThat(slot.broker().port()).isEqualTo(8883);
        assertThat(slot.key()).isEmpty();
        assertThat(ca("export", "--id", "board7", "--format", "slot", "--out", "x")
                        .exitCode())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void anotherKeyIsNotExportedWithACertificate() throws Exception {
        issue("board", "board7");
        issue("board", "board8");

        var run = ca(
                "export",
                "--id",
                "board7",
                "--format",
                "classic",
                "--key",
                path("board8/board8.key.pem").toString(),
                "--out",
                path("x").toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("another key");
    }

    @Test
    void opensslReadsTheSetForOlderFirmwareOfBothKinds() throws Exception {
        OpenSsl.require();
        ca("init", "--key", "RSA-2048").ok();
        issue("classic-rsa", "old1");
        issue("board", "old2");
        for (var name : List.of("old1", "old2")) {
            var out = path("fw-" + name);
            var exported = ca(
                            "export",
                            "--id",
                            name,
                            "--format",
                            "classic",
                            "--key",
                            path(name + "/" + name + ".key.pem").toString(),
                            "--out",
                            out.toString())
                    .ok();

            assertThat(exported.err().contains("does not read a P-256 key"))
                    .as("%s is warned of", name)
                    .isEqualTo(name.equals("old2"));
            assertThat(out.toFile().list())
                    .containsExactlyInAnyOrder("rootca.pem", name + "_cert.pem", name + "_pkey.pem");
            var ofKey =
                    OpenSsl.run("pkey", "-in", out.resolve(name + "_pkey.pem").toString(), "-pubout");
            var ofCertificate =
                    OpenSsl.run("x509", "-in", out.resolve(name + "_cert.pem").toString(), "-noout", "-pubkey");
            assertThat(ofKey.output()).isEqualTo(ofCertificate.output());
            assertThat(mode(out.resolve(name + "_pkey.pem"))).isEqualTo("rw-------");
        }
        assertThat(Files.readString(path("fw-old1/old1_pkey.pem"))).startsWith("-----BEGIN PRIVATE KEY");
        assertThat(Files.readString(path("fw-old2/old2_pkey.pem")))
                .startsWith("-----BEGIN EC PARAMETERS")
                .contains("-----BEGIN EC PRIVATE KEY");
    }
}
