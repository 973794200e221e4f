package dev.ft900.hil.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.UnixOperatingSystemMXBean;
import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.CommonOptions;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.gateway.app.Gateway;
import dev.ft900.gateway.app.GatewaySettings;
import dev.ft900.gateway.app.StartException;
import dev.ft900.hil.measure.FleetFigures;
import dev.ft900.hil.measure.FleetMeasurement;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Option;

/** {@code ./ft900 bench --boards}: thousands of boards instead of one. Use as a mixin. */
final class FleetBench {
    private static final int MOST_BOARDS = 20_000;
    private static final int MOST_PER_SECOND = 10_000;
    private static final int WARM_UP_SECONDS = 10;

    /** What a process has open besides boards: libraries, listeners, callers. */
    private static final int OTHER_FILES = 600;

    /** A handshake takes a few milliseconds of two processors; so many a second are less than half of what is to be expected. */
    private static final Duration FOR_EACH_BOARD = Duration.ofMillis(30);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Option(
            names = "--boards",
            paramLabel = "N",
            description = {
                "instead: connect so many boards, played by a process of its own, and send commands to them at random at a",
                "steady rate, every second one a write"
            })
    private Integer boards;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "100",
            description = "with --boards: commands per second (default: ${DEFAULT-VALUE})")
    private int perSecond;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "with --boards: for how long (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Option(
            names = "--at-once",
            paramLabel = "N",
            defaultValue = "200",
            description = "with --boards: how many may be connecting at a time (default: ${DEFAULT-VALUE})")
    private int atOnce;

    boolean isWanted() {
        return boards != null;
    }

    FleetFigures measure(CommonOptions common, GatewaySettings settings, Path scratch)
            throws CommandException, StartException, IOException {
        require("--boards", boards, MOST_BOARDS);
        require("--rate", perSecond, MOST_PER_SECOND);
        require("--seconds", seconds, (int) Duration.ofDays(1).toSeconds());
        require("--at-once", atOnce, MOST_BOARDS);
        requireFiles();
        var plan = new FleetMeasurement.Plan(
                boards,
                atOnce,
                perSecond,
                WARM_UP_SECONDS * perSecond,
                seconds * perSecond,
                PATIENCE.plus(FOR_EACH_BOARD.multipliedBy(boards)));
        common.say("Starting gateway and broker ...");
        try (var gateway = Gateway.start(settings)) {
            return new FleetMeasurement(gateway, plan, common::say).run(Ft900.class.getName(), scratch);
        }
    }

    private static void require(String option, int value, int most) throws CommandException {
        if (value < 1 || value > most) {
            throw new CommandException(ExitCode.USAGE, "expected " + option + " to be 1 to " + most + "; got " + value);
        }
    }

    /** Better said before than by ten thousand failing connections. */
    private void requireFiles() throws CommandException {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            long limit = system.getMaxFileDescriptorCount();
            if (limit < boards + OTHER_FILES) {
                throw new CommandException(
                        ExitCode.ENVIRONMENT,
                        "expected to be allowed " + (boards + OTHER_FILES) + " open files for " + boards
                                + " boards; the limit is " + limit + ". Raise it (ulimit -n " + (boards + OTHER_FILES)
                                + "), or ask for fewer boards.");
            }
        }
    }

    ObjectNode report(CommonOptions common, FleetFigures figures) {
        var json = JsonNodeFactory.instance.objectNode();
        common.say("");
        figures.byName().forEach((name, value) -> {
            boolean isWhole = value == Math.rint(value);
            common.say(String.format(Locale.ROOT, isWhole ? "%-30s %12.0f" : "%-30s %12.3f", name, value));
            if (isWhole) {
                json.put(name, value.longValue());
            } else {
                json.put(name, Math.round(value * 1_000) / 1_000.0);
            }
        });
        return json;
    }
}
