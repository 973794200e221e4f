package dev.ft900.hil.cli.device;

import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.authority.PemException;
import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.CommonOptions;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.ca.file.InputFile;
import dev.ft900.ca.store.Endpoints;
import dev.ft900.hil.rest.RestClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which gateway a command speaks to, as whom, and how it answers the user. Without options it is the gateway of the state folder. */
final class GatewayOptions {
    @Mixin
    private CommonOptions common;

    @Option(
            names = "--gateway",
            paramLabel = "URL",
            description = "for example https://gateway.example:8443 (default: where STATE's gateway was last reached)")
    private URI gateway;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "the token to call with (default: FT900_TOKEN, else STATE/token)")
    private Path tokenFile;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "certificate to trust (default: STATE/ca/root.cert.pem if it is there, else Java's own list)")
    private Path ca;

    CommonOptions common() {
        return common;
    }

    GatewayCalls open() throws CommandException {
        var address = address();
        return new GatewayCalls(address, new RestClient(address, token(), trust()));
    }

    private URI address() throws CommandException {
        try {
            var address = gateway != null
                    ? gateway
                    : Endpoints.load(common.state())
                            .map(Endpoints::gateway)
                            .orElseThrow(
                                    () -> new CommandException(
                                            ExitCode.ENVIRONMENT,
                                            "expected a gateway in "
                                                    + common.state().endpoints()
                                                    + "; there is none. Start one (./ft900 up), or name one: --gateway https://host:8443"));
            if (!"https".equals(address.getScheme()) || address.getHost() == null) {
                throw new CommandException(ExitCode.USAGE, "expected --gateway https://host:port; got " + address);
            }
            return address;
        } catch (IOException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        }
    }

    private String token() throws CommandException {
        var fromEnvironment = System.getenv("FT900_TOKEN");
        if (tokenFile == null && fromEnvironment != null) {
            return fromEnvironment.strip();
        }
        var file = tokenFile == null ? common.state().token() : tokenFile;
        try {
            return InputFile.firstLine(file, "a token (else FT900_TOKEN)").strip();
        } catch (IOException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        }
    }

    private SSLContext trust() throws CommandException {
        var file = ca == null ? common.state().rootCertificate() : ca;
        if (ca == null && !Files.exists(file)) {
            try {
                return SSLContext.getDefault();
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has a default TLS context", e);
            }
        }
        try {
            return RestClient.trusting(Pem.readCertificates(file).get(0));
        } catch (InputFile.UnusableFileException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        } catch (IOException | PemException | IndexOutOfBoundsException e) {
            throw new CommandException(
                    ExitCode.ENVIRONMENT, "expected a certificate in PEM in " + file + "; it cannot be read", e);
        }
    }
}
