package dev.ft900.hil.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs the small commands once on a state folder of its own, and says nothing: the launcher has the JVM archive the classes that they
 * load, so that the next start need not read and check them again.
 */
final class Rehearsal {
    private Rehearsal() {}

    public static void main(String[] args) throws IOException {
        var folder = Files.createTempDirectory("ft900-rehearsal");
        try {
            var state = folder.resolve("state").toString();
            var out = folder.resolve("out").toString();
            var token = Files.writeString(folder.resolve("token"), "none").toString();
            for (var command : List.of(
                    List.of("--version"),
                    List.of("--help"),
                    List.of("ca", "init", "--state", state),
                    List.of("ca", "issue", "--profile", "board", "--cn", "b", "--out", out, "--state", state, "--json"),
                    List.of("ca", "list", "--state", state),
                    List.of("ca", "list", "--state", state, "--json"),
                    List.of("ca", "show", "--id", "b", "--state", state, "--json"),
                    List.of("ca", "inspect", out + "/b.chain.pem"),
                    List.of("ca", "verify", out + "/b.chain.pem", "--state", state),
                    List.of("ca", "revoke", "--id", "b", "--state", state),
                    List.of("ca", "crl", "--out", out + "/list", "--state", state),
                    List.of("ca", "--help"),
                    List.of("flash", "ports"),
                    List.of("token", "list", "--state", state),
                    List.of("flash", "--help"))) {
                run(command);
            }
            callGateway(state, folder.resolve("gateway"), token);
        } finally {
            delete(folder);
        }
    }

    private static void callGateway(String state, Path folder, String token) throws IOException {
        var name = "gw.r";
        var out = folder.toString();
        run(List.of(
                "ca",
                "issue",
                "--profile",
                "gateway",
                "--cn",
                name,
                "--san",
                "DNS:localhost",
                "--out",
                out,
                "--state",
                state));
        try (var gateway = new RehearsalGateway(folder, name)) {
            var there = List.of("--gateway", gateway.address(), "--token-file", token, "--state", state);
            for (var command : List.of(List.of("device", "list"), List.of("device", "show", "b"))) {
                run(Stream.concat(command.stream(), there.stream()).toList());
            }
        }
    }

    private static void run(List<String> arguments) {
        var silent = new PrintWriter(Writer.nullWriter());
        var words = arguments.toArray(String[]::new);
        Ft900.commandLine(words).setOut(silent).setErr(silent).execute(words);
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
