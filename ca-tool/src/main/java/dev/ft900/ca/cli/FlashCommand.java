package dev.ft900.ca.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.authority.PemException;
import dev.ft900.ca.flash.Certifier;
import dev.ft900.ca.flash.GatewayCertifier;
import dev.ft900.ca.flash.LocalCertifier;
import dev.ft900.ca.flash.Provisioned;
import dev.ft900.ca.flash.Provisioner;
import dev.ft900.ca.flash.ProvisioningException;
import dev.ft900.ca.flash.Station;
import dev.ft900.ca.link.PortException;
import dev.ft900.ca.link.SerialLink;
import dev.ft900.ca.link.SerialPorts;
import dev.ft900.ca.store.Endpoints;
import dev.ft900.protocol.exchange.NoAnswerException;
import dev.ft900.protocol.exchange.Ticker;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.slot.BrokerAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
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
            "folder, or by a gateway (--gateway). A board that has an identity keeps it until the new one is whole.",
            "",
            "  ./ft900 flash --port /dev/ttyUSB0 --id board7 --broker broker.example:8883"
        })
public final class FlashCommand implements Callable<Integer> {
    private static final int DEFAULT_BROKER_PORT = 8883;

    @Mixin
    private CommonOptions common;

    @Option(
            names = "--port",
            required = true,
            paramLabel = "P",
            description = "serial device (/dev/ttyUSB0, COM7) or socket://host:port")
    private String port;

    @Option(names = "--id", required = true, paramLabel = "ID", description = "the board's id: " + BoardId.RULE)
    private String id;

    @Option(
            names = "--baud",
            paramLabel = "N",
            defaultValue = "115200",
            description = "bits per second (default: ${DEFAULT-VALUE})")
    private int baud;

    @Option(
            names = "--broker",
            paramLabel = "HOST[:PORT]",
            description =
                    "where the board is to connect (default: where the server of the state folder was last reached)")
    private String broker;

    @Option(
            names = "--server-name",
            paramLabel = "NAME",
            description = "the name in the broker's certificate (default: the host of --broker)")
    private String serverName;

    @Option(
            names = "--gateway",
            paramLabel = "URL",
            description = "let this gateway sign and register, for example https://gateway.example:8443")
    private URI gateway;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "token for --gateway (default: FT900_TOKEN, else STATE/token)")
    private Path tokenFile;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "certificate to trust for --gateway (default: STATE/ca/root.cert.pem if it is there)")
    private Path ca;

    @Override
    public Integer call() throws CommandException {
        var boardId = BoardId.from(id)
                .orElseThrow(() ->
                        new CommandException(ExitCode.USAGE, "expected --id to be " + BoardId.RULE + "; got " + id));
        if (gateway != null) {
            return flash(boardId, gatewayCertifier());
        }
        try (var open = OpenAuthority.open(common.state())) {
            return flash(boardId, new LocalCertifier(open.authority(), open.enrolment(), brokerAddress()));
        }
    }

    private int flash(BoardId boardId, Certifier certifier) throws CommandException {
        common.say("Provisioning " + boardId + " at " + port + ", " + baud + " baud");
        try (var link = new SerialLink(SerialPorts.open(port, baud), Ticker.SYSTEM)) {
            var progress = new FlashProgress(common::say, System.console() != null && !common.json());
            var station = new Station(link, baud, Ticker.SYSTEM);
            var provisioned =
                    new Provisioner(station, certifier, Clock.systemUTC(), Ticker.SYSTEM, progress).provision(boardId);
            report(provisioned);
            return ExitCode.OK;
        } catch (PortException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        } catch (ProvisioningException e) {
            boolean silent = e.getCause() instanceof NoAnswerException;
            throw new CommandException(silent ? ExitCode.NO_ANSWER : ExitCode.REFUSED, e.getMessage(), e);
        }
    }

    private void report(Provisioned board) {
        common.say("Done: " + board.id() + " (UID " + board.facts().uid() + ", MAC "
                + board.facts().mac() + ") connects to " + board.broker().uri() + ", slot generation "
                + board.generation());
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("id", board.id().value())
                .put("uid", board.facts().uid().toString())
                .put("mac", board.facts().mac().toString())
                .put("chipId", board.facts().chipId())
                .put("firmware", board.facts().firmware().value())
                .put("serial", board.serial())
                .put("generation", board.generation())
                .put("broker", board.broker().uri())
                .put("recordBytes", board.recordBytes());
        var steps = json.putObject("stepMs");
        board.took().forEach((step, took) -> steps.put(step.name().toLowerCase(Locale.ROOT), millis(took)));
        common.result(json);
    }

    private static double millis(Duration time) {
        return Math.round(time.toNanos() / 10_000.0) / 100.0;
    }

    private BrokerAddress brokerAddress() throws CommandException {
        try {
            if (broker == null) {
                return Endpoints.load(common.state())
                        .map(Endpoints::broker)
                        .orElseThrow(() -> new CommandException(
                                ExitCode.USAGE,
                                "expected --broker HOST:PORT, since no server has run on this state folder yet"));
            }
            int colon = broker.lastIndexOf(':');
            var host = colon < 0 ? broker : broker.substring(0, colon);
            int portNumber = colon < 0 ? DEFAULT_BROKER_PORT : Integer.parseInt(broker.substring(colon + 1));
            return new BrokerAddress(host, portNumber, serverName == null ? host : serverName);
        } catch (IllegalArgumentException e) {
            throw new CommandException(
                    ExitCode.USAGE, "expected --broker HOST:PORT; got " + broker + " (" + e.getMessage() + ")", e);
        } catch (IOException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        }
    }

    private Certifier gatewayCertifier() throws CommandException {
        if (!"https".equals(gateway.getScheme()) || gateway.getHost() == null) {
            throw new CommandException(ExitCode.USAGE, "expected --gateway https://host:port; got " + gateway);
        }
        return new GatewayCertifier(gateway, token(), anchors());
    }

    private String token() throws CommandException {
        var fromEnvironment = System.getenv("FT900_TOKEN");
        if (tokenFile == null && fromEnvironment != null) {
            return fromEnvironment;
        }
        var file = tokenFile == null ? common.state().token() : tokenFile;
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.ENVIRONMENT,
                    "expected a token in " + file + " or in FT900_TOKEN; the file cannot be read",
                    e);
        }
    }

    private List<X509Certificate> anchors() throws CommandException {
        var file = ca == null ? common.state().rootCertificate() : ca;
        try {
            return Pem.readCertificates(file);
        } catch (NoSuchFileException e) {
            if (ca == null) {
                return List.of();
            }
            throw new CommandException(ExitCode.ENVIRONMENT, "expected a certificate in " + file + "; no such file", e);
        } catch (IOException | PemException e) {
            throw new CommandException(
                    ExitCode.ENVIRONMENT, "expected a certificate in " + file + "; " + e.getMessage(), e);
        }
    }
}
