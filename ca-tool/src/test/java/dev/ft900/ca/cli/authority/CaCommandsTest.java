package dev.ft900.ca.cli.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.ca.OpenSsl;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.protocol.slot.SlotCodec;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands below {@code ca}, as a person or a job calls them. */
class CaCommandsTest {
    @TempDir
    Path dir;

    private Path state;

    @BeforeEach
    void init() {
        state = dir.resolve("state");
        ca("init").ok();
    }

    private CommandRun ca(String... arguments) {
        return CommandRun.ca(state, arguments);
    }

    private Path path(String name) {
        return dir.resolve(name);
    }

    private String issue(String profile, String name, String... more) throws IOException {
        var arguments = new ArrayList<>(List.of(
                "issue", "--profile", profile, "--cn", name, "--out", path(name).toString(), "--json"));
        arguments.addAll(List.of(more));
        return ca(arguments.toArray(String[]::new)).ok().json().get("serial").asText();
    }

    private Path request(String file, KeyPair asked, KeyPair signedWith) throws Exception {
        var der = new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=somebody-else"), asked.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(signedWith.getPrivate()))
                .getEncoded();
        return Files.writeString(path(file), Pem.request(der));
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void aSecondInitIsRefusedAndASecondKindOfKeysIsNot() {
        assertThat(ca("init").exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(ca("init", "--key", "RSA-2048").ok().err()).contains("rsa-2048/root.cert.pem");
        assertThat(ca("init", "--key", "P-521").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void withoutAnAuthorityEachCommandSaysHowToMakeOne() {
        for (var command : List.of("list", "rollover")) {
            var run = CommandRun.ca(dir.resolve("nowhere"), command);

            assertThat(run.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
            assertThat(run.err()).contains("ca init --state");
        }
        assertThat(dir.resolve("nowhere")).doesNotExist();
    }

    @Test
    void anOfflineRootIsNeverOverwrittenAndNeedsItsOwnPassphrase() throws IOException {
        var secret = Files.writeString(path("secret"), "a passphrase of its own\n");
        var other = dir.resolve("other");

        var without =
                CommandRun.ca(other, "init", "--offline-root", path("stick").toString());
        assertThat(without.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(without.err()).contains("FT900_ROOT_PASSPHRASE");

        CommandRun.ca(
                        other,
                        "init",
                        "--offline-root",
                        path("stick").toString(),
                        "--root-passphrase-file",
                        secret.toString())
                .ok();
        assertThat(other.resolve("ca/root.key.pem")).doesNotExist();
        assertThat(mode(path("stick").resolve("root.key.pem"))).isEqualTo("rw-------");
        assertThat(CommandRun.ca(
                                dir.resolve("third"),
                                "init",
                                "--offline-root",
                                path("stick").toString())
                        .exitCode())
                .isEqualTo(ExitCode.REFUSED);

        assertThat(CommandRun.ca(other, "rollover").err()).contains("--offline-root");
        CommandRun.ca(
                        other,
                        "rollover",
                        "--offline-root",
                        path("stick").toString(),
                        "--root-passphrase-file",
                        secret.toString())
                .ok();
    }

    @Test
    void issueWritesThreeFilesAndTheKeyIsForItsOwnerAlone() throws IOException {
        var run = ca(
                        "issue",
                        "--profile",
                        "broker",
                        "--cn",
                        "broker.example",
                        "--san",
                        "DNS:broker.example",
                        "--san",
                        "IP:10.0.0.1",
                        "--out",
                        path("b").toString(),
                        "--json")
                .ok();

        assertThat(run.json().get("commonName").asText()).isEqualTo("broker.example");
        assertThat(path("b")).isDirectoryContaining("glob:**/broker.example.cert.pem");
        assertThat(Files.readString(path("b/broker.example.chain.pem")).split("BEGIN CERTIFICATE"))
                .hasSize(3);
        assertThat(mode(path("b/broker.example.key.pem"))).isEqualTo("rw-------");
        assertThat(run.out()).doesNotContain("PRIVATE");
    }

    @Test
    void aRefusalNamesItsRuleAndNothingIsWritten() {
        var run = ca(
                "issue",
                "--profile",
                "board",
                "--cn",
                "gw.main",
                "--out",
                path("x").toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(run.err()).contains("rule subject-form");
        assertThat(path("x/gw.main.cert.pem")).doesNotExist();
        assertThat(ca("issue", "--profile", "boar", "--cn", "b", "--out", "x").exitCode())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void everyOptionCanComeFromTheEnvironmentAndTheCommandLineWins() throws IOException {
        var environment = Map.of(
                "FT900_CA_ISSUE_PROFILE", "board",
                "FT900_PROFILE", "gateway",
                "FT900_CN", "from-environment",
                "FT900_OUT", path("env").toString(),
                "FT900_JSON", "yes");
        assertThat(CommandRun.ca(environment, state, "issue")
                        .ok()
                        .json()
                        .get("commonName")
                        .asText())
                .isEqualTo("from-environment");
        assertThat(CommandRun.ca(environment, state, "issue", "--cn", "from-line")
                        .ok()
                        .json()
                        .get("commonName")
                        .asText())
                .isEqualTo("from-line");
    }

    @Test
    void signTakesTheNameFromTheFileAndNeverFromTheRequest() throws Exception {
        var one = KeyKind.P256.generate();
        var two = KeyKind.P256.generate();

        var run = ca(
                        "sign",
                        "--profile",
                        "board",
                        "--out",
                        path("out").toString(),
                        "--json",
                        request("board1.csr", one, one).toString(),
                        request("board2.csr", two, two).toString())
                .ok();

        assertThat(run.json().get("signed").findValuesAsText("commonName")).containsExactly("board1", "board2");
        assertThat(Pem.readCertificates(path("out/board2.cert.pem")).get(0).getPublicKey())
                .isEqualTo(two.getPublic());
    }

    @Test
    void signRefusesARequestThatProvesNothing() throws Exception {
        var run = ca(
                "sign",
                "--profile",
                "board",
                "--out",
                path("out").toString(),
                request("board1.csr", KeyKind.P256.generate(), KeyKind.P256.generate())
                        .toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(run.err()).contains("proof-of-possession").contains("board1.csr");
    }

    @Test
    void renewKeepsProfileAndNamesWithANewKeyAndCanSupersede() throws Exception {
        var old = issue("broker", "broker.example", "--san", "DNS:broker.example,IP:10.0.0.1");

        var run = ca("renew", "--cn", "broker.example", "--out", path("new").toString(), "--supersede", "--json")
                .ok();

        assertThat(run.json().get("replaces").asText()).isEqualTo(old);
        var made = Pem.readCertificates(path("new/broker.example.cert.pem")).get(0);
        var before = Pem.readCertificates(path("broker.example/broker.example.cert.pem"))
                .get(0);
        assertThat(made.getSubjectAlternativeNames()).containsExactlyElementsOf(before.getSubjectAlternativeNames());
        assertThat(made.getPublicKey()).isNotEqualTo(before.getPublicKey());
        assertThat(ca("show", "--serial", old).out()).contains("revoked").contains("superseded");
    }

    @Test
    void aBoardsRenewalLeavesTheOldCertificateGoodUntilItConnects() throws Exception {
        var old = issue("board", "board7");

        ca("renew", "--id", "board7", "--out", path("new").toString()).ok();

        assertThat(ca("list", "--id", "board7", "--json")
                        .ok()
                        .json()
                        .get("certificates")
                        .findValuesAsText("status"))
                .containsExactly("good", "good");
        assertThat(ca("show", "--serial", old).out()).contains("good");
    }

    @Test
    void revokeByIdTakesAllCertificatesOfABoardAndIsDoneOnce() throws Exception {
        issue("board", "board7");
        ca("renew", "--id", "board7", "--out", path("new").toString()).ok();

        var run = ca("revoke", "--id", "board7", "--reason", "key-compromise", "--json")
                .ok();

        assertThat(run.json().get("revoked")).hasSize(2);
        assertThat(run.json().get("revoked").findValuesAsText("reason")).containsOnly("key-compromise");
        assertThat(ca("revoke", "--id", "board7", "--json").ok().json().get("revoked"))
                .isEmpty();
        assertThat(ca("revoke", "--id", "nobody").exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(ca("revoke").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ca("revoke", "--id", "board7", "--reason", "boredom").exitCode())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void serialNumbersAreTakenAsOtherProgramsWriteThem() throws Exception {
        var serial = issue("board", "board7");

        var run = ca("revoke", "--serial", serial.toUpperCase(Locale.ROOT).replaceAll("(..)(?=.)", "$1:"));

        assertThat(run.ok().err()).contains(serial);
    }

    @Test
    void theAuthorityThatSignsIsRevokedOnlyAfterARollover() throws Exception {
        var issuing = ca("list", "--profile", "issuing", "--json")
                .ok()
                .json()
                .at("/certificates/0/serial")
                .asText();
        assertThat(ca("revoke", "--serial", issuing).err()).contains("ca rollover first");
        var root = ca("list", "--profile", "root", "--json")
                .ok()
                .json()
                .at("/certificates/0/serial")
                .asText();
        assertThat(ca("revoke", "--serial", root).exitCode()).isEqualTo(ExitCode.REFUSED);

        assertThat(ca("rollover", "--json").ok().json().get("replaces").asText())
                .isEqualTo(issuing);

        ca("revoke", "--serial", issuing, "--reason", "ca-compromise").ok();
        issue("board", "after");
    }

    @Test
    void pagesFollowOneAnotherWithoutGapOrRepetition() throws Exception {
        for (int i = 0; i < 7; i++) {
            issue("board", "board" + i);
        }
        ca("revoke", "--id", "board3").ok();

        var names = new ArrayList<String>();
        var after = List.<String>of();
        while (true) {
            var arguments = new ArrayList<>(List.of("list", "--profile", "board", "--limit", "3", "--json"));
            arguments.addAll(after);
            var page = ca(arguments.toArray(String[]::new)).ok().json();
            names.addAll(page.get("certificates").findValuesAsText("commonName"));
            if (!page.has("next")) {
                break;
            }
            after = List.of("--after", page.get("next").asText());
        }

        assertThat(names).containsExactly("board6", "board5", "board4", "board3", "board2", "board1", "board0");
        assertThat(ca("list", "--revoked", "--json")
                        .ok()
                        .json()
                        .get("certificates")
                        .findValuesAsText("commonName"))
                .containsExactly("board3");
        assertThat(ca("list", "--no-revoked", "--profile", "board", "--json")
                        .ok()
                        .json()
                        .get("certificates"))
                .hasSize(6);
        assertThat(ca("list", "--expiring", "60", "--json").ok().json().get("certificates"))
                .isEmpty();
        assertThat(ca("list", "--after", "nonsense").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ca("list", "--limit", "0").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ca("list").ok().out()).startsWith("SERIAL").contains("board6");
    }

    @Test
    void verifySaysWhyACertificateDoesNotHold() throws Exception {
        issue("board", "board7");
        var chain = path("board7/board7.chain.pem").toString();
        var leaf = path("board7/board7.cert.pem").toString();
        var root = state.resolve("ca/root.cert.pem").toString();
        var list = path("list.crl").toString();
        ca("crl", "--out", list).ok();

        assertThat(ca("verify", leaf, "--crl", list).ok().err()).contains("holds until");
        assertThat(ca("verify", chain, "--ca", root, "--crl", list).exitCode()).isZero();
        assertThat(ca("verify", leaf, "--ca", root).exitCode()).isEqualTo(ExitCode.REFUSED);

        ca("revoke", "--id", "board7").ok();
        assertThat(ca("verify", leaf, "--crl", list, "--json").json().get("reasons"))
                .hasSize(1);
        ca("crl", "--out", list).ok();
        var revoked = ca("verify", chain, "--ca", root, "--crl", list, "--json");
        assertThat(revoked.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(revoked.json().at("/reasons/0").asText()).contains("revoked");

        var stranger = dir.resolve("stranger");
        CommandRun.ca(stranger, "init").ok();
        assertThat(CommandRun.ca(stranger, "verify", chain, "--json").json().get("reasons"))
                .hasSize(2);
    }

    @Test
    void inspectReadsWhatOthersWroteAndSaysOfKeysOnlyThatTheyAreThere() throws Exception {
        var key = KeyKind.P256.generate();
        issue("board", "board7");

        assertThat(ca("inspect", request("a.csr", key, key).toString(), "--json")
                        .ok()
                        .json()
                        .at("/found/0/proven")
                        .asBoolean())
                .isTrue();
        assertThat(ca("inspect", request("b.csr", key, KeyKind.P256.generate()).toString(), "--json")
                        .ok()
                        .json()
                        .at("/found/0/proven")
                        .asBoolean())
                .isFalse();
        assertThat(ca("inspect", path("board7/board7.chain.pem").toString())
                        .ok()
                        .out())
                .contains("CN=board7")
                .contains("Issuing CA");
        var secret = Files.readString(path("board7/board7.key.pem"))
                .lines()
                .skip(1)
                .findFirst()
                .orElseThrow();
        assertThat(ca("inspect", path("board7/board7.key.pem").toString()).ok().out())
                .contains("NOT encrypted")
                .doesNotContain(secret);
        assertThat(ca("inspect", Files.writeString(path("x"), "hello").toString())
                        .exitCode())
                .isEqualTo(ExitCode.REFUSED);
        assertThat(ca("inspect", path("missing").toString()).exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(ca("inspect", "localhost:1").exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
    }

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
            ca(
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

    @Test
    void aBackupBringsAuthorityAndRegisterBackElsewhere() throws Exception {
        issue("board", "board7");
        ca("revoke", "--id", "board7", "--reason", "key-compromise").ok();
        var secret =
                Files.writeString(path("secret"), "a passphrase for backups\n").toString();
        var backup = path("ft900.backup").toString();

        ca("backup", "--out", backup, "--backup-passphrase-file", secret).ok();

        assertThat(mode(Path.of(backup))).isEqualTo("rw-------");
        assertThat(ca("backup", "--out", backup, "--backup-passphrase-file", secret)
                        .exitCode())
                .isEqualTo(ExitCode.REFUSED);
        var restored = dir.resolve("restored");
        CommandRun.ca(restored, "restore", backup, "--backup-passphrase-file", secret)
                .ok();
        assertThat(CommandRun.ca(restored, "show", "--id", "board7").ok().out()).contains("key-compromise");
        CommandRun.ca(
                        restored,
                        "issue",
                        "--profile",
                        "board",
                        "--cn",
                        "board8",
                        "--out",
                        path("b8").toString())
                .ok();
        assertThat(mode(restored.resolve("ca/root.key.pem"))).isEqualTo("rw-------");
        assertThat(mode(restored)).isEqualTo("rwx------");
    }

    @Test
    void aBackupOpensForNobodyElseAndOverwritesNothing() throws Exception {
        var secret =
                Files.writeString(path("secret"), "a passphrase for backups\n").toString();
        var wrong = Files.writeString(path("wrong"), "another passphrase\n").toString();
        var backup = path("ft900.backup");
        ca("backup", "--out", backup.toString(), "--backup-passphrase-file", secret)
                .ok();

        assertThat(ca("restore", backup.toString(), "--backup-passphrase-file", secret)
                        .err())
                .contains("overwritten");
        var fresh = dir.resolve("fresh");
        assertThat(CommandRun.ca(fresh, "restore", backup.toString(), "--backup-passphrase-file", wrong)
                        .exitCode())
                .isEqualTo(ExitCode.ENVIRONMENT);
        var bytes = Files.readAllBytes(backup);
        bytes[bytes.length / 2] ^= 1;
        Files.write(backup, bytes);
        assertThat(CommandRun.ca(fresh, "restore", backup.toString(), "--backup-passphrase-file", secret)
                        .err())
                .contains("undamaged");
        assertThat(fresh).doesNotExist();
    }
}
