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

    @Test
    void whatARevokedAuthoritySignedDoesNotHold() throws Exception {
        issue("board", "before");
        var old = ca("rollover", "--json").ok().json().get("replaces").asText();
        issue("board", "after");
        var root = state.resolve("ca/root.cert.pem").toString();
        var before = path("before/before.chain.pem").toString();
        var after = path("after/after.chain.pem").toString();
        assertThat(ca("verify", before).ok().err()).contains("before holds until");

        ca("revoke", "--serial", old, "--reason", "ca-compromise").ok();

        var byRegister = ca("verify", before, "--json");
        assertThat(byRegister.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(byRegister.json().get("reasons")).hasSize(1);
        assertThat(byRegister.err())
                .contains("the authority above it, FT900 Issuing CA")
                .contains(old)
                .contains("(ca-compromise)");
        ca("verify", after).ok();

        var lists = path("issuing.crl").toString();
        ca("crl", "--out", lists).ok();
        assertThat(ca("verify", after, "--crl", lists).ok().err())
                .as("the register stands in for the list of a root that is offline")
                .contains("holds until");
        assertThat(ca("verify", after, "--ca", root, "--crl", lists).err())
                .contains("the authority above it")
                .contains("none of the 2 revocation lists is signed by its issuer");
        var all = path("all.crl").toString();
        ca("crl", "--with-root", "--out", all).ok();
        ca("verify", after, "--ca", root, "--crl", all).ok();
        assertThat(ca("verify", before, "--crl", all, "--json").json().get("reasons"))
                .as("register and list say the same")
                .hasSize(1);
        var byList = ca("verify", before, "--ca", root, "--crl", lists + "," + all);
        assertThat(byList.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(byList.err())
                .contains("the authority above it")
                .contains(old)
                .contains("(ca-compromise)");
    }
}
