package dev.ft900.hil.cli.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.ca.file.InputFile;
import dev.ft900.ca.store.StateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./ft900 device register}. */
@Command(
        name = "register",
        description = {
            "Register a board: for its signing request, or with a key made by the gateway.",
            "",
            "Writes cert.pem, chain.pem and anchors.pem to --out, and key.pem (for its owner only) if the gateway made the",
            "key. A board at a serial port is better off with ./ft900 flash: its key never leaves it."
        })
final class RegisterCommand implements Callable<Integer> {
    @Mixin
    private GatewayOptions gateway;

    @Mixin
    private BoardArgument board;

    @Option(names = "--csr", paramLabel = "FILE", description = "signing request in PEM")
    private Path csr;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "folder for the files; it must not hold any of them yet")
    private Path out;

    @Override
    public Integer call() throws CommandException, RefusedException {
        var request = JsonNodeFactory.instance.objectNode().put("id", board.id().value());
        try {
            if (csr != null) {
                var text = InputFile.text(csr, "a signing request");
                if (Pem.readRequest(text).isEmpty()) {
                    throw new CommandException(
                            ExitCode.USAGE, "expected a signing request in PEM in " + csr + "; there is none");
                }
                request.put("csr", text);
            }
            StateFolder.createDirectory(out);
            refuseToOverwrite();
        } catch (InputFile.UnusableFileException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.ENVIRONMENT, "expected to read --csr and to write to " + out + "; " + e.getMessage(), e);
        }
        var answer = gateway.open().post(GatewayCalls.DEVICES, request.toString());
        try {
            write(answer);
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.ENVIRONMENT,
                    board.id() + " is registered, but its files cannot be written to " + out + " (" + e.getMessage()
                            + "). Remove it (device rm) and register it again",
                    e);
        }
        gateway.common()
                .print(board.id() + " is registered, serial number "
                        + answer.path("serial").asText() + "; its files are in " + out);
        // The key is in its file, and nowhere else.
        gateway.common().result(((ObjectNode) answer).without("privateKey"));
        return ExitCode.OK;
    }

    private void refuseToOverwrite() throws CommandException {
        for (var name : new String[] {"cert.pem", "chain.pem", "anchors.pem", "key.pem"}) {
            if (Files.exists(out.resolve(name))) {
                throw new CommandException(
                        ExitCode.ENVIRONMENT, "expected no " + name + " in " + out + " yet; choose another folder");
            }
        }
    }

    private void write(JsonNode answer) throws IOException {
        StateFolder.write(out.resolve("cert.pem"), bytes(answer, "certificate"));
        StateFolder.write(out.resolve("chain.pem"), bytes(answer, "chain"));
        StateFolder.write(out.resolve("anchors.pem"), bytes(answer, "anchors"));
        if (answer.has("privateKey")) {
            StateFolder.writeSecret(out.resolve("key.pem"), bytes(answer, "privateKey"));
        }
    }

    private static byte[] bytes(JsonNode answer, String member) {
        return answer.path(member).asText().getBytes(StandardCharsets.US_ASCII);
    }
}
