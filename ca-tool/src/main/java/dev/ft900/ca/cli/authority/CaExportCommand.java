package dev.ft900.ca.cli.authority;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.authority.PemException;
import dev.ft900.ca.cli.CommandException;
import dev.ft900.ca.cli.CommonOptions;
import dev.ft900.ca.cli.ExitCode;
import dev.ft900.ca.cli.OpenState;
import dev.ft900.ca.export.ClassicSet;
import dev.ft900.ca.export.Holder;
import dev.ft900.ca.export.Pkcs12;
import dev.ft900.ca.file.InputFile;
import dev.ft900.ca.store.CertificateStore;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.ca.store.StoredCertificate;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.pad.PadSet;
import dev.ft900.protocol.slot.Addressing;
import dev.ft900.protocol.slot.BrokerAddress;
import dev.ft900.protocol.slot.Der;
import dev.ft900.protocol.slot.SlotCodec;
import dev.ft900.protocol.slot.SlotRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./ft900 ca export}. */
@Command(
        name = "export",
        description = {
            "Write a certificate of the store in the form that somebody else wants.",
            "",
            "  pem      the chain, as servers take it            der      the certificate alone",
            "  p12      key and chain (--key), or the root alone, under a password",
            "  slot     a board's slot record, ready for its flash (--broker; --key if the key was not made on the board)",
            "  classic  the PEM files that older firmware compiles in, into a folder (--key)",
            "",
            "  ./ft900 ca export --id old7 --format classic --key old7/old7.key.pem --out firmware/Certificates/",
            "  ./ft900 ca export --cn client.ci --format p12 --key ci/client.ci.key.pem --password-file pw --out ci.p12"
        })
final class CaExportCommand implements Callable<Integer> {
    private enum Format {
        pem,
        der,
        p12,
        slot,
        classic
    }

    @Mixin
    private CommonOptions common;

    @Mixin
    private CertificateChoice choice;

    @Option(names = "--format", required = true, paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}")
    private Format format;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "the private key that belongs to it (PEM, not encrypted)")
    private Path keyFile;

    @Option(names = "--password-file", paramLabel = "FILE", description = "first line: the password for p12")
    private Path passwordFile;

    @Option(names = "--broker", paramLabel = "HOST[:PORT]", description = "where the board is to connect, for slot")
    private String broker;

    @Option(
            names = "--server-name",
            paramLabel = "NAME",
            description = "the name in the broker's certificate, for slot (default: the host of --broker)")
    private String serverName;

    @Option(
            names = "--generation",
            paramLabel = "N",
            defaultValue = "1",
            description = "of the slot; a board uses the highest it has (default: ${DEFAULT-VALUE})")
    private long generation;

    @Option(names = "--out", required = true, paramLabel = "FILE|DIR", description = "where to write")
    private Path out;

    @Override
    public Integer call() throws CommandException {
        try (var open = OpenState.open(common.state())) {
            List<StoredCertificate> found =
                    open.database().jdbi().withHandle(handle -> choice.find(new CertificateStore(handle)));
            var now = Clock.systemUTC().instant();
            var stored = found.stream().filter(c -> c.isGood(now)).findFirst().orElse(found.get(0));
            if (!stored.isGood(now)) {
                common.say("Note: this certificate is " + CertificateWords.status(stored, now));
            }
            var holder = holder(open, stored);
            var written = write(holder, stored);
            common.say("Wrote " + written.stream().map(Path::toString).collect(Collectors.joining(", ")));
            var warning = format == Format.classic ? ClassicSet.warning(holder) : Optional.<String>empty();
            warning.ifPresent(words -> common.say("Look out: " + words));
            var json = JsonNodeFactory.instance
                    .objectNode()
                    .put("serial", stored.serial())
                    .put("commonName", stored.commonName());
            var files = json.putArray("files");
            written.forEach(file -> files.add(file.toString()));
            warning.ifPresent(json.putArray("warnings")::add);
            common.result(json);
            return ExitCode.OK;
        } catch (PemException | IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        }
    }

    private Holder holder(OpenState open, StoredCertificate stored) throws IOException, PemException {
        var certificate = Pem.readCertificate(stored.der());
        for (var kind : KeyKind.values()) {
            var authorities = open.folder().certificates(kind);
            for (var authority : authorities) {
                if (StoredCertificate.serial(authority.getSerialNumber()).equals(stored.issuer())) {
                    var chain = authority.equals(authorities.get(0))
                            ? List.of(certificate)
                            : List.of(certificate, authority);
                    return new Holder(chain, authorities.get(0), key());
                }
            }
        }
        throw new IOException("expected the authority " + stored.issuer() + " in "
                + common.state().authority() + "; it is not there. Restore the folder from a backup.");
    }

    private Optional<PrivateKey> key() throws IOException, PemException {
        return keyFile == null ? Optional.empty() : Optional.of(Pem.readPrivateKey(keyFile));
    }

    private List<Path> write(Holder holder, StoredCertificate stored) throws IOException, CommandException {
        switch (format) {
            case pem -> StateFolder.write(out, Pem.certificates(holder.chain()).getBytes(StandardCharsets.US_ASCII));
            case der -> StateFolder.write(out, stored.der());
            case p12 -> StateFolder.writeSecret(out, Pkcs12.encode(holder, stored.commonName(), password()));
            case slot -> StateFolder.writeSecret(out, SlotCodec.encode(slot(holder, stored)));
            default -> {
                return classic(holder, stored.commonName());
            }
        }
        return List.of(out);
    }

    private List<Path> classic(Holder holder, String name) throws IOException {
        var written = new ArrayList<Path>();
        for (var file : ClassicSet.encode(holder, name).entrySet()) {
            var path = out.resolve(file.getKey());
            var content = file.getValue().getBytes(StandardCharsets.US_ASCII);
            if (file.getKey().equals(ClassicSet.secretFile(name))) {
                StateFolder.writeSecret(path, content);
            } else {
                StateFolder.write(path, content);
            }
            written.add(path);
        }
        return written;
    }

    private String password() throws IOException, CommandException {
        if (passwordFile == null) {
            throw new CommandException(ExitCode.USAGE, "expected --password-file for p12; nobody gave one");
        }
        return InputFile.firstLine(passwordFile, "a password");
    }

    private SlotRecord slot(Holder holder, StoredCertificate stored) throws CommandException {
        var id = BoardId.from(stored.commonName())
                .orElseThrow(() -> new CommandException(
                        ExitCode.USAGE,
                        "expected a board's certificate for a slot; " + stored.commonName() + " is none"));
        if (broker == null) {
            throw new CommandException(ExitCode.USAGE, "expected --broker HOST[:PORT] for a slot; nobody gave one");
        }
        return new SlotRecord(
                id,
                generation,
                BrokerAddress.parse(broker, Optional.ofNullable(serverName)),
                List.of(new Der(Pem.der(holder.root()))),
                holder.chain().stream()
                        .map(certificate -> new Der(Pem.der(certificate)))
                        .toList(),
                holder.key().map(key -> new Der(key.getEncoded())),
                new Addressing.Dhcp(),
                PadSet.NONE);
    }
}
