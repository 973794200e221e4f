package dev.ft900.hil.cli.device;

import picocli.CommandLine.Option;

/** How a reading is to be had. */
final class ReadOptions {
    @Option(names = "--last", description = "what the gateway heard last, with its age, instead of asking the board")
    private boolean last;

    String query() {
        return last ? "?view=last" : "";
    }
}
