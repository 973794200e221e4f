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
import dev.ft900.protocol.install.Installation.KeyOrigin;
import dev.ft900.protocol.install.ProvisioningException;
import dev.ft900.protocol.install.Step;
import dev.ft900.protocol.name.BoardId;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
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

    private static final int FASTEST = 3_000_000;

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

    @Option(
            names = "--key",
            paramLabel = "board|host",
            defaultValue = "board",
            description =
                    "where the private key is made; host puts it into the slot over the wire (default: ${DEFAULT-VALUE})")
    private String key;

    @Option(
            names = "--max-baud",
            paramLabel = "N",
            defaultValue = "921600",
            description =
                    "go up to at most so many bits per second after hello; 0 stays at --baud (default: ${DEFAULT-VALUE})")
    private int maxBaud;

    @Option(
            names = "--wait-online",
            paramLabel = "SECONDS",
            defaultValue = "0",
            arity = "0..1",
            fallbackValue = "60",
            description = "wait until the board has connected with its new identity (default when given: 60)")
    private int waitOnline;

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
        var wishes = Provisioner.Wishes.DEFAULT.withKey(origin()).withHighestRate(Math.min(maxBaud, FASTEST));
        if (dryRun) {
            return DryRun.flash(boardId, link, benches, wishes, common);
        }
        try (var signer = signing.open(common.state(), passphrase.source(common.state()))) {
            wishes = wishes.withDrafts(drafts(), resume);
            if (waitOnline > 0) {
                wishes = wishes.withOnline(signer.online(), Duration.ofSeconds(waitOnline));
            }
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

    private KeyOrigin origin() throws CommandException {
        return Arrays.stream(KeyOrigin.values())
                .filter(origin -> origin.name().toLowerCase(Locale.ROOT).equals(key))
                .findFirst()
                .orElseThrow(() -> new CommandException(ExitCode.USAGE, "expected --key board or host; got " + key));
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
