package dev.ft900.ca.cli;

import dev.ft900.ca.authority.AuthorityFolder;
import dev.ft900.ca.enrol.Enrolment;
import dev.ft900.ca.flash.LocalCertifier;
import dev.ft900.ca.flash.Provisioner;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.protocol.install.ProvisioningException;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.slot.BrokerAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;

/** A provisioning of a simulated board, signed by an authority that is thrown away afterwards. */
final class DryRun {
    private DryRun() {}

    static int flash(
            BoardId id,
            LinkOptions link,
            SimulatedBench.Factory benches,
            Provisioner.Wishes wishes,
            CommonOptions common)
            throws CommandException {
        Path folder = null;
        try (var bench = benches.open(link.baud())) {
            folder = Files.createTempDirectory("ft900-dry-run");
            var state = new StateFolder(folder);
            try (var database = StateDatabase.open(state);
                    var open = link.over("a simulated board", bench.port(), bench.ticker())) {
                var authority = new AuthorityFolder(state, database, Clock.systemUTC()).openOrCreate();
                var certifier = new LocalCertifier(
                        authority,
                        new Enrolment(database, authority, Clock.systemUTC()),
                        new BrokerAddress("broker.example", 8883, "broker.example"));
                common.say("Dry run: " + id + " on a simulated board, " + link.baud()
                        + " baud. Times are those of the simulated wire.");
                var provisioner = new Provisioner(
                        open.station(), certifier, Clock.systemUTC(), bench.ticker(), FlashProgress.of(common), wishes);
                FlashCommand.report(provisioner.provision(id), common);
                return ExitCode.OK;
            }
        } catch (ProvisioningException e) {
            throw FlashCommand.failure(e);
        } catch (IOException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) {
        if (folder == null) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // The system clears its folder for temporary files.
            return;
        }
    }
}
