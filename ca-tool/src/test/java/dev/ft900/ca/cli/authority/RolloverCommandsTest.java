package dev.ft900.ca.cli.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.ca.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code ca rollover}, with the root's key on a stick. */
class RolloverCommandsTest extends CaCommandsFixture {
    private String right;
    private String other;
    private String ofRoot;

    @BeforeEach
    @Override
    void init() {
        state = dir.resolve("state");
        right = file("right", "sesame of the keys");
        other = file("other", "sesame of the kyes");
        ofRoot = file("of-root", "sesame of the root");
        ca(
                        "init",
                        "--passphrase-file",
                        right,
                        "--offline-root",
                        path("stick").toString(),
                        "--root-passphrase-file",
                        ofRoot)
                .ok();
    }

    private String file(String name, String content) {
        try {
            return Files.writeString(path(name), content).toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private CommandRun rollover(String option, String passphrase) {
        return ca(
                "rollover",
                "--offline-root",
                path("stick").toString(),
                "--root-passphrase-file",
                ofRoot,
                option,
                passphrase);
    }

    @Test
    void aMistypedPassphraseMakesNothing() throws Exception {
        var run = rollover("--passphrase-file", other);

        assertThat(run.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(run.err())
                .contains("nothing was made")
                .contains("issuing.key.pem")
                .contains("--new-passphrase");
        assertThat(state.resolve("ca")).isDirectoryNotContaining("glob:**/issuing-2*");
        issue("board", "board7", "--passphrase-file", right);
        rollover("--passphrase-file", right).ok();
        issue("board", "board8", "--passphrase-file", right);
    }

    @Test
    void afterALostPassphraseANewOneIsSaidToBeNew() throws Exception {
        assertThat(rollover("--new-passphrase-file", other).ok().err()).contains("new passphrase from now on");

        issue("board", "board7", "--passphrase-file", other);
    }

    @Test
    void aLostKeyIsReplacedUnderTheSamePassphrase() throws Exception {
        Files.delete(state.resolve("ca/issuing.key.pem"));
        assertThat(rollover("--passphrase-file", right).err()).contains("issuing.key.pem", "--new-passphrase");

        rollover("--new-passphrase-file", right).ok();

        issue("board", "board7", "--passphrase-file", right);
    }

    @Test
    void afterALostPassphraseThereAreListsOfTheNewAuthorityAndAWarningAboutTheOldOne() throws Exception {
        rollover("--new-passphrase-file", other).ok();
        var lists = path("lists.crl").toString();

        var run =
                ca("crl", "--out", lists, "--passphrase-file", other, "--json").ok();

        assertThat(run.json().get("lists")).hasSize(1);
        assertThat(run.json().get("lists").get(0).get("issuer").asText()).endsWith(" 2");
        assertThat(run.json().get("missing")).hasSize(1);
        assertThat(run.err())
                .contains("Warning: no list of CN=FT900 Issuing CA")
                .contains("the passphrase does not open the key")
                .contains("docs/security.md");
        var none = ca("crl", "--out", lists, "--passphrase-file", ofRoot);
        assertThat(none.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(none.err()).contains("issuing-2.key.pem");
    }

    @Test
    void aNewPassphraseCountsBeforeTheOneInTheEnvironment() throws Exception {
        CommandRun.ca(
                        Map.of("FT900_PASSPHRASE_FILE", right),
                        state,
                        "rollover",
                        "--offline-root",
                        path("stick").toString(),
                        "--root-passphrase-file",
                        ofRoot,
                        "--new-passphrase-file",
                        other)
                .ok();

        issue("board", "board7", "--passphrase-file", other);
    }

    @Test
    void withoutATerminalNobodyIsAskedForANewPassphrase() {
        var run = ca("rollover", "--new-passphrase");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("--new-passphrase-file");
    }
}
