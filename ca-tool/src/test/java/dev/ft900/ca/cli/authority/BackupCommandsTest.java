package dev.ft900.ca.cli.authority;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ft900.ca.cli.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code ca backup and restore}. */
class BackupCommandsTest extends CaCommandsFixture {
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
                .isEqualTo(ExitCode.ENVIRONMENT);
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
    void whatElseLiesBesideTheKeysIsLeftOutAndSaid() throws Exception {
        ca("crl", "--out", state.resolve("ca/crl.pem").toString()).ok();
        Files.createDirectories(state.resolve("ca/stick"));
        Files.writeString(state.resolve("ca/stick/root.key.pem"), "a key that is not to travel\n");
        var secret =
                Files.writeString(path("secret"), "a passphrase for backups\n").toString();
        var backup = path("ft900.backup").toString();

        var made = ca("backup", "--out", backup, "--backup-passphrase-file", secret, "--json")
                .ok();

        assertThat(made.json().get("leftOut"))
                .map(JsonNode::asText)
                .containsExactlyInAnyOrder("ca/crl.pem", "ca/stick/root.key.pem");
        assertThat(made.err()).contains("Left out").contains("ca/crl.pem");
        CommandRun.ca(dir.resolve("restored"), "restore", backup, "--backup-passphrase-file", secret)
                .ok();
    }

    @Test
    void anOfflineRootIsNotMadeWithinTheStateFolder() {
        var other = dir.resolve("other");

        var refused = CommandRun.ca(
                other, "init", "--offline-root", other.resolve("ca/../ca/stick").toString());

        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("outside the state folder");
        assertThat(other).doesNotExist();
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
