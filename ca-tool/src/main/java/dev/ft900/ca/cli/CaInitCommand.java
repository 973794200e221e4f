package dev.ft900.ca.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ft900.ca.authority.AuthorityFolder;
import dev.ft900.ca.store.StateDatabase;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./ft900 ca init}. */
@Command(
        name = "init",
        description = {
            "Make a root and an issuing authority in the state folder (P-256).",
            "",
            "Everybody trusts ca/root.cert.pem. Once it is made, the root's key is needed only to make another",
            "issuing authority: take ca/root.key.pem away and keep it offline if you like."
        })
final class CaInitCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() throws CommandException {
        var state = common.state();
        try (var database = StateDatabase.open(state)) {
            var folder = new AuthorityFolder(state, database, Clock.systemUTC());
            if (!folder.create()) {
                throw new CommandException(
                        ExitCode.REFUSED,
                        "expected a state folder without an authority; " + state.authority()
                                + " has one. Use it, or give another folder with --state.");
            }
            var authority = folder.openOrCreate();
            common.say("Made " + authority.root().getSubjectX500Principal() + ". Everybody is to trust "
                    + state.rootCertificate() + ".");
            common.result(JsonNodeFactory.instance
                    .objectNode()
                    .put("root", state.rootCertificate().toString())
                    .put("subject", authority.root().getSubjectX500Principal().getName()));
            return ExitCode.OK;
        } catch (IOException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        }
    }
}
