package dev.ft900.ca.cli.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code ca init, issue, sign, renew}. */
class IssuingCommandsTest extends CaCommandsFixture {
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
    void anInitWithAnOfflineRootThatWasCutOffIsFinishedByASecondOne() throws IOException {
        var other = dir.resolve("other");
        var secret = Files.writeString(path("secret"), "sesame of the root").toString();
        init(other, "stick", secret).ok();
        init(dir.resolve("stranger"), "strange-stick", secret).ok();
        var root = Files.readString(other.resolve("ca/root.cert.pem"));
        Files.delete(other.resolve("ca/issuing.cert.pem"));

        assertThat(init(other, "elsewhere", secret).err()).contains("elsewhere/root.key.pem", "--offline-root");
        assertThat(init(other, "strange-stick", secret).err()).contains("belongs to another root");
        init(other, "stick", secret).ok();

        assertThat(other.resolve("ca/root.cert.pem")).hasContent(root);
        CommandRun.ca(
                        other,
                        "issue",
                        "--profile",
                        "board",
                        "--cn",
                        "board7",
                        "--out",
                        path("b").toString())
                .ok();
        assertThat(init(other, "stick", secret).err()).contains("expected a state folder without an authority");
    }

    private CommandRun init(Path folder, String stick, String secret) {
        return CommandRun.ca(
                folder, "init", "--offline-root", path(stick).toString(), "--root-passphrase-file", secret);
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
    void aPrivateKeyThatIsThereIsReplacedWhenThatIsAskedForOnly() throws Exception {
        issue("broker", "broker.example", "--san", "DNS:broker.example");
        var folder = path("broker.example").toString();
        var key = Files.readString(path("broker.example/broker.example.key.pem"));

        var again =
                ca("issue", "--profile", "broker", "--cn", "broker.example", "--san", "DNS:x.example", "--out", folder);
        var renewed = ca("renew", "--cn", "broker.example", "--out", folder);

        assertThat(List.of(again, renewed)).allSatisfy(run -> {
            assertThat(run.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
            assertThat(run.err()).contains("broker.example.key.pem").contains("--overwrite");
        });
        assertThat(path("broker.example/broker.example.key.pem")).hasContent(key);
        assertThat(ca("list", "--cn", "broker.example", "--json").ok().json().get("certificates"))
                .hasSize(1);

        ca("renew", "--cn", "broker.example", "--out", folder, "--overwrite").ok();
        assertThat(Files.readString(path("broker.example/broker.example.key.pem")))
                .isNotEqualTo(key);
    }
}
