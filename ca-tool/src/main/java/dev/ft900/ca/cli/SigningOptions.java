package dev.ft900.ca.cli;

import dev.ft900.ca.authority.Passphrase;
import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.authority.PemException;
import dev.ft900.ca.file.InputFile;
import dev.ft900.ca.flash.Certifier;
import dev.ft900.ca.flash.GatewayCertifier;
import dev.ft900.ca.flash.LocalCertifier;
import dev.ft900.ca.flash.OnlineCheck;
import dev.ft900.ca.store.Endpoints;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.protocol.slot.BrokerAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Who signs, and where boards are to connect. Use as a mixin. */
final class SigningOptions {
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

    /** Who signs, who knows what is online, and the authority behind it if it is this machine's. */
    record Signer(Certifier certifier, OnlineCheck online, Optional<OpenAuthority> authority) implements AutoCloseable {
        @Override
        public void close() {
            authority.ifPresent(OpenAuthority::close);
        }
    }

    /** @param passphrase of the authority's keys; asked unless a gateway signs */
    Signer open(StateFolder state, Passphrase.Source passphrase) throws CommandException {
        if (gateway != null) {
            var certifier = gateway(state, gateway);
            return new Signer(certifier, certifier, Optional.empty());
        }
        var open = OpenAuthority.open(state, passphrase);
        try {
            var certifier = new LocalCertifier(open.authority(), open.enrolment(), brokerAddress(state));
            return new Signer(certifier, localCheck(state, open, certifier), Optional.of(open));
        } catch (CommandException | RuntimeException e) {
            open.close();
            throw e;
        }
    }

    /**
     * Where a gateway can be asked its word counts, since callers go by it; with a broker elsewhere only the gateway knows, and then the
     * register is told, so that older certificates are superseded. Else the register knows whom the embedded broker saw.
     */
    private OnlineCheck localCheck(StateFolder state, OpenAuthority open, LocalCertifier register) {
        var remote = gatewayIfAny(state);
        return (id, serial, board) -> {
            boolean wasSeen = register.isOnline(id, serial, board);
            if (remote.isEmpty()) {
                return wasSeen;
            }
            try {
                boolean isConnected = remote.get().isConnected(id, board);
                if (isConnected && !wasSeen) {
                    open.enrolment().connected(id, serial);
                }
                return isConnected;
            } catch (Certifier.CertifierException e) {
                if (wasSeen) {
                    return true;
                }
                throw e;
            }
        };
    }

    private Optional<GatewayCertifier> gatewayIfAny(StateFolder state) {
        try {
            return gatewayOf(state);
        } catch (CommandException e) {
            // Then the register alone has to know.
            return Optional.empty();
        }
    }

    private Optional<GatewayCertifier> gatewayOf(StateFolder state) throws CommandException {
        try {
            var endpoints = Endpoints.load(state);
            boolean hasToken = tokenFile != null || tokenVariable().isPresent() || Files.exists(state.token());
            return endpoints.isPresent() && hasToken
                    ? Optional.of(gateway(state, endpoints.get().gateway()))
                    : Optional.empty();
        } catch (IOException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        }
    }

    private static Optional<String> tokenVariable() {
        return Optional.ofNullable(System.getenv("FT900_TOKEN"));
    }

    /** The gateway that was named, or the state folder's own; empty when there is none. */
    Optional<GatewayCertifier> knownGateway(StateFolder state) throws CommandException {
        return gateway == null ? gatewayOf(state) : Optional.of(gateway(state, gateway));
    }

    /** Whether a gateway was named. */
    boolean isRemote() {
        return gateway != null;
    }

    BrokerAddress brokerAddress(StateFolder state) throws CommandException {
        try {
            if (broker == null) {
                return Endpoints.load(state)
                        .map(Endpoints::broker)
                        .orElseThrow(() -> new CommandException(
                                ExitCode.USAGE,
                                "expected --broker HOST:PORT, since no server has run on this state folder yet"));
            }
            return BrokerAddress.parse(broker, Optional.ofNullable(serverName));
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, "expected --broker HOST:PORT; " + e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        }
    }

    private GatewayCertifier gateway(StateFolder state, URI address) throws CommandException {
        if (!"https".equals(address.getScheme()) || address.getHost() == null) {
            throw new CommandException(ExitCode.USAGE, "expected --gateway https://host:port; got " + address);
        }
        return new GatewayCertifier(address, token(state), anchors(state));
    }

    private String token(StateFolder state) throws CommandException {
        if (tokenFile == null && tokenVariable().isPresent()) {
            return tokenVariable().get();
        }
        var file = tokenFile == null ? state.token() : tokenFile;
        try {
            return InputFile.firstLine(file, "a token (else FT900_TOKEN)").strip();
        } catch (IOException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        }
    }

    private List<X509Certificate> anchors(StateFolder state) throws CommandException {
        var file = ca == null ? state.rootCertificate() : ca;
        if (ca == null && Files.notExists(file)) {
            return List.of();
        }
        try {
            return Pem.readCertificates(file);
        } catch (IOException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        } catch (PemException e) {
            throw new CommandException(
                    ExitCode.ENVIRONMENT, "expected a certificate in " + file + "; " + e.getMessage(), e);
        }
    }
}
