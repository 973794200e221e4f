package dev.ft900.ca.cli.authority;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.authority.PemException;
import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.CommonOptions;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.ca.file.InputFile;
import dev.ft900.ca.inspect.FileInspector;
import dev.ft900.ca.inspect.Found;
import dev.ft900.ca.inspect.TlsProbe;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./ft900 ca inspect}. */
@Command(
        name = "inspect",
        description = {
            "Say what is in a file, or what a TLS server shows. Needs no state folder.",
            "",
            "Reads PEM, DER, PKCS#12 and slot images: certificates, requests, revocation lists. Of private keys it says that",
            "they are there, and no more.",
            "",
            "  ./ft900 ca inspect board7.csr",
            "  ./ft900 ca inspect broker.example:8883"
        })
final class CaInspectCommand implements Callable<Integer> {
    private static final Pattern ADDRESS = Pattern.compile("(?:ssl://|https://)?\\[?([^/\\]]+?)]?:(\\d{1,5})");

    private static final int HIGHEST_PORT = 65_535;

    @Mixin
    private CommonOptions common;

    @Parameters(paramLabel = "FILE|HOST:PORT", description = "what to look at")
    private String source;

    @Option(names = "--password-file", paramLabel = "FILE", description = "first line: the password of a PKCS#12 file")
    private Path passwordFile;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "patience with a server (default: ${DEFAULT-VALUE})")
    private int timeout;

    @Override
    public Integer call() throws CommandException {
        var json = JsonNodeFactory.instance.objectNode().put("source", source);
        try {
            var address = ADDRESS.matcher(source);
            if (address.matches() && !isFile()) {
                server(address.group(1), port(address.group(2)), json);
            } else {
                file(json);
            }
            common.result(json);
            return ExitCode.OK;
        } catch (UnknownHostException e) {
            throw new CommandException(
                    ExitCode.ENVIRONMENT, "expected a TLS server at " + source + "; no host has this name", e);
        } catch (SocketTimeoutException e) {
            throw new CommandException(
                    ExitCode.NO_ANSWER,
                    "expected an answer from " + source + " within " + timeout + " s; none came",
                    e);
        } catch (InvalidPathException e) {
            throw new CommandException(ExitCode.USAGE, "expected FILE or HOST:PORT; got " + source, e);
        } catch (PemException e) {
            throw new CommandException(ExitCode.REFUSED, source + ": " + e.getMessage(), e);
        } catch (InputFile.UnusableFileException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, source + ": " + e.getMessage(), e);
        }
    }

    private boolean isFile() {
        try {
            return Files.exists(Path.of(source));
        } catch (InvalidPathException e) {
            // On Windows no file has a colon in its name.
            return false;
        }
    }

    private int port(String digits) throws CommandException {
        int port = Integer.parseInt(digits);
        if (port < 1 || port > HIGHEST_PORT) {
            throw new CommandException(
                    ExitCode.USAGE, "expected HOST:PORT with a port of 1 to " + HIGHEST_PORT + "; got " + source);
        }
        return port;
    }

    private void file(ObjectNode json) throws IOException, PemException, CommandException {
        Optional<String> password = Optional.empty();
        if (passwordFile != null) {
            password = Optional.of(InputFile.firstLine(passwordFile, "a password"));
        }
        var found = FileInspector.inspect(InputFile.bytes(Path.of(source), "a file to look at"), password);
        if (found.isEmpty()) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "expected certificates, a request, a revocation list or a slot image (PEM, DER, or PKCS#12 with"
                            + " --password-file) in " + source + "; the bytes are none of these");
        }
        var list = json.putArray("found");
        for (var object : found) {
            list.add(show(object));
        }
    }

    private ObjectNode show(Found object) {
        if (object instanceof Found.Certificate certificate) {
            common.print("certificate" + System.lineSeparator() + CertificateWords.text(certificate.certificate()));
            return CertificateWords.json(certificate.certificate());
        }
        if (object instanceof Found.RevocationList list) {
            return show(list.list());
        }
        if (object instanceof Found.Request request) {
            var key = KeyKind.of(request.key())
                    .map(KeyKind::word)
                    .orElse(request.key().getAlgorithm());
            common.print("signing request for " + request.subject() + ", key " + key
                    + (request.proven() ? ", signed with that key" : ", NOT signed with that key"));
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("type", "request")
                    .put("subject", request.subject())
                    .put("key", key)
                    .put("proven", request.proven());
        }
        if (object instanceof Found.Slot slot) {
            return show(slot);
        }
        boolean encrypted = ((Found.PrivateKey) object).encrypted();
        common.print("private key, " + (encrypted ? "encrypted" : "NOT encrypted"));
        return JsonNodeFactory.instance.objectNode().put("type", "privateKey").put("encrypted", encrypted);
    }

    private ObjectNode show(X509CRL list) {
        var revoked = list.getRevokedCertificates();
        int count = revoked == null ? 0 : revoked.size();
        var due = Optional.ofNullable(list.getNextUpdate())
                .map(date -> date.toInstant().toString());
        common.print("revocation list of " + list.getIssuerX500Principal().getName() + ": " + count + " revoked, made "
                + list.getThisUpdate().toInstant() + ", next due " + due.orElse("at no time"));
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("type", "revocationList")
                .put("issuer", list.getIssuerX500Principal().getName())
                .put("revoked", count)
                .put("thisUpdate", list.getThisUpdate().toInstant().toString());
        due.ifPresent(date -> json.put("nextUpdate", date));
        return json;
    }

    private ObjectNode show(Found.Slot found) {
        var slot = found.slot();
        common.print("slot of " + slot.id() + ", generation " + slot.generation() + ", connects to "
                + slot.broker().uri() + " (" + slot.broker().serverName() + "), "
                + slot.anchors().size() + " anchor(s), chain of " + slot.chain().size() + ", "
                + (slot.key().isPresent() ? "holds a private key" : "key made on the board") + ", " + found.bytes()
                + " bytes");
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "slot")
                .put("id", slot.id().value())
                .put("generation", slot.generation())
                .put("broker", slot.broker().uri())
                .put("serverName", slot.broker().serverName())
                .put("anchors", slot.anchors().size())
                .put("chain", slot.chain().size())
                .put("holdsKey", slot.key().isPresent())
                .put("bytes", found.bytes());
    }

    private void server(String host, int port, ObjectNode json) throws IOException, CommandException {
        if (timeout < 1 || timeout > 300) {
            throw new CommandException(ExitCode.USAGE, "expected --timeout to be 1 to 300; got " + timeout);
        }
        var shown = TlsProbe.ask(host, port, Duration.ofSeconds(timeout));
        List<String> words = new ArrayList<>();
        shown.protocol().ifPresent(protocol -> {
            json.put("protocol", protocol);
            words.add(protocol);
        });
        shown.suite().ifPresent(suite -> {
            json.put("suite", suite);
            words.add(suite);
        });
        common.print(source + ": "
                + (words.isEmpty() ? "ended the handshake without a client certificate" : String.join(", ", words)));
        var list = json.putArray("found");
        shown.chain().forEach(certificate -> list.add(show(new Found.Certificate(certificate))));
    }
}
