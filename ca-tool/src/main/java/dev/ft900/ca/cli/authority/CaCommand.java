package dev.ft900.ca.cli.authority;

import picocli.CommandLine.Command;

/** {@code ./ft900 ca}. */
@Command(
        name = "ca",
        description = {
            "The certificate authority: make one; issue, list, check and revoke certificates.",
            "",
            "It works beside a running server on the same state folder: what is revoked here is refused there at once.",
            "",
            "  ./ft900 ca init",
            "  ./ft900 ca issue --profile broker --cn broker.example --san DNS:broker.example --out broker/",
            "  ./ft900 ca revoke --id board7 --reason key-compromise"
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            CaInitCommand.class,
            CaIssueCommand.class,
            CaSignCommand.class,
            CaRenewCommand.class,
            CaRevokeCommand.class,
            CaCrlCommand.class,
            CaListCommand.class,
            CaShowCommand.class,
            CaInspectCommand.class,
            CaVerifyCommand.class,
            CaExportCommand.class,
            CaBackupCommand.class,
            CaRestoreCommand.class,
            CaRolloverCommand.class,
            CaBenchCommand.class
        })
public final class CaCommand {}
