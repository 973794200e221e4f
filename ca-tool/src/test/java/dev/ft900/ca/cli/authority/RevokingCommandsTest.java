package dev.ft900.ca.cli.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.ca.cli.ExitCode;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** {@code ca revoke}. */
class RevokingCommandsTest extends CaCommandsFixture {
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
}
