package dev.ft900.ca.cli.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.cli.ExitCode;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code ca list, verify, inspect}. */
class ReadingCommandsTest extends CaCommandsFixture {
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
        ca("crl", "--with-root", "--out", list).ok();

        assertThat(ca("verify", leaf, "--crl", list).ok().err()).contains("holds until");
        assertThat(ca("verify", chain, "--ca", root, "--crl", list).exitCode()).isZero();
        assertThat(ca("verify", leaf, "--ca", root).exitCode()).isEqualTo(ExitCode.REFUSED);

        ca("revoke", "--id", "board7").ok();
        assertThat(ca("verify", leaf, "--crl", list, "--json").json().get("reasons"))
                .hasSize(1);
        ca("crl", "--with-root", "--out", list).ok();
        assertThat(ca("verify", leaf, "--crl", list, "--json").json().get("reasons"))
                .as("register and list say the same")
                .hasSize(1);
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
}
