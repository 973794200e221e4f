package dev.ft900.ca.cli;

import dev.ft900.ca.flash.Counterpart;
import dev.ft900.ca.flash.DraftFolder;
import dev.ft900.ca.flash.DraftStore;
import dev.ft900.ca.flash.GatewayCertifier;
import dev.ft900.ca.flash.Provisioned;
import dev.ft900.ca.flash.Provisioner;
import dev.ft900.ca.flash.Station;
import dev.ft900.protocol.exchange.NoAnswerException;
import dev.ft900.protocol.exchange.Ticker;
import dev.ft900.protocol.install.ProvisioningException;
import dev.ft900.protocol.install.Step;
import dev.ft900.protocol.name.BoardId;
import java.nio.file.Files;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./ft900 flash}. */
@Command(
        name = "flash",
        description = {
            "Give the board at a serial port its identity.",
            "",
            "The key is made on the board and never leaves it. The certificate is signed by the authority of the state",
            "folder, or by a gateway (--gateway). A board that has an identity keeps it until the new one is whole; its old",
            "certificate is superseded when the board has connected with the new one.",
            "",
            "  ./ft900 flash --id board7                                   the one board that is plugged in",
            "  ./ft900 flash --port /dev/ttyUSB0 --id board7 --broker broker.example:8883 --wait-online 60",
            "  ./ft900 flash --id board7 --dry-run                         how it would go, on a simulated board",
            "  ./ft900 flash @bench.settings --id board7                   options from a file, one a line"
        },
        subcommands = {
            FlashPortsCommand.class,
            FlashInfoCommand.class,
            FlashVerifyCommand.class,
            FlashBatchCommand.class,
            FlashEraseCommand.class,
            FlashConsoleCommand.class
        })
public final class FlashCommand implements Callable<Integer> {
    /** What to know after a run that did not wait for the board. */
    static final String OTHERS_STAY_GOOD =
            "Certificates from before stay good until a board connects. The embedded broker sees with which one it comes; for"
                    + " another broker use --wait-online, or ./ft900 ca revoke --serial with --reason superseded.";

    private final SimulatedBench.Factory benches;

    @Mixin
    private CommonOptions common;

    @Mixin
    private LinkOptions link;

    @Mixin
    private SigningOptions signing;

    @Mixin
    private PassphraseOptions passphrase;

    @Option(names = "--id", paramLabel = "ID", description = "the board's id: " + BoardId.RULE)
    private String id;

    @Mixin
    private WishOptions wish;

    @Option(names = "--resume", description = "go on with the write that broke off, with the same key and certificate")
    private boolean resume;

    @Option(
            names = "--dry-run",
            description = "go through it all on a simulated board and with a throw-away authority; nothing changes")
    private boolean dryRun;

    /** @param benches simulated boards for {@code --dry-run} */
    public FlashCommand(SimulatedBench.Factory benches) {
        this.benches = benches;
    }

    @Override
    public Integer call() throws CommandException {
        var boardId = BoardId.from(id == null ? "" : id)
                .orElseThrow(() -> new CommandException(
                        ExitCode.USAGE,
                        "expected --id to be " + BoardId.RULE + "; "
                                + (id == null ? "nobody gave one" : "got \"" + id + "\"")));
        var wishes = wish.wishes();
        if (dryRun) {
            return DryRun.flash(boardId, link, benches, wishes, common);
        }
        try (var signer = signing.open(common.state(), passphrase.source(common.state()))) {
            wishes = wish.waiting(wishes.withDrafts(drafts(), resume), signer.online());
            try (var open = link.open(Ticker.SYSTEM)) {
                common.say("Provisioning " + boardId + " at " + open.port() + ", " + link.baud() + " baud");
                var provisioner = new Provisioner(
                        open.station(),
                        signer.certifier(),
                        Clock.systemUTC(),
                        Ticker.SYSTEM,
                        FlashProgress.of(common),
                        wishes);
                report(provisioner.provision(boardId), common);
                return ExitCode.OK;
            }
        } catch (ProvisioningException e) {
            throw failure(e);
        }
    }

    /** A station that only asks a gateway need not have a state folder, and gets none for this. */
    private DraftStore drafts() {
        var state = common.state().path();
        return Files.isDirectory(state) || resume ? new DraftFolder(state.resolve("drafts")) : DraftStore.NONE;
    }

    static void report(Provisioned board, CommonOptions common) {
        board.warnings().forEach(warning -> common.say("Look out: " + warning));
        common.say("Done: " + board.id() + " (UID " + board.facts().uid() + ", MAC "
                + board.facts().mac() + ") connects to " + board.broker().uri() + ", slot generation "
                + board.generation() + (board.online() ? ", and is online" : ""));
        if (board.leavesOthersGood()) {
            common.say(OTHERS_STAY_GOOD);
        }
        common.result(ProvisionedJson.of(board));
    }

    /** What a failed provisioning tells a shell. */
    static CommandException failure(ProvisioningException e) {
        if (e.getCause() instanceof GatewayCertifier.UnreachableException) {
            return new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        }
        boolean silent = e.getCause() instanceof NoAnswerException
                || e.getCause() instanceof Station.NobodyException nobody
                        && nobody.counterpart() != Counterpart.OLDER_FIRMWARE
                || e.step() == Step.ONLINE && e.getCause() == null;
        return new CommandException(silent ? ExitCode.NO_ANSWER : ExitCode.REFUSED, e.getMessage(), e);
    }
}
