package dev.ft900.ca.cli;

import dev.ft900.ca.flash.OnlineCheck;
import dev.ft900.ca.flash.Provisioner.Wishes;
import dev.ft900.protocol.install.Installation.KeyOrigin;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.Option;

/** How a board is to be provisioned. Use as a mixin. */
final class WishOptions {
    private static final int FASTEST = 3_000_000;

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

    /** Key and rate. */
    Wishes wishes() throws CommandException {
        return Wishes.DEFAULT.withKey(origin()).withHighestRate(Math.min(maxBaud, FASTEST));
    }

    /** To wait as well, if that was asked for. */
    Wishes waiting(Wishes wishes, OnlineCheck check) {
        return waitOnline > 0 ? wishes.withOnline(check, Duration.ofSeconds(waitOnline)) : wishes;
    }

    private KeyOrigin origin() throws CommandException {
        return Arrays.stream(KeyOrigin.values())
                .filter(origin -> origin.name().toLowerCase(Locale.ROOT).equals(key))
                .findFirst()
                .orElseThrow(() -> new CommandException(ExitCode.USAGE, "expected --key board or host; got " + key));
    }
}
