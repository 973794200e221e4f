package dev.ft900.hil.simulated;

import dev.ft900.agent.flash.Flash;
import dev.ft900.agent.flash.MemoryFlash;
import dev.ft900.agent.identity.BoardStore;
import dev.ft900.ca.flash.Certification;
import dev.ft900.ca.flash.Certifier;
import dev.ft900.ca.flash.DraftStore;
import dev.ft900.ca.flash.Provisioned;
import dev.ft900.ca.flash.Provisioner;
import dev.ft900.ca.flash.Provisioner.Wishes;
import dev.ft900.ca.flash.Station;
import dev.ft900.ca.link.SerialLink;
import dev.ft900.ca.link.SerialPort;
import dev.ft900.hil.simulated.SimulatedWire.Settings;
import dev.ft900.protocol.exchange.Ticker;
import dev.ft900.protocol.install.Draft;
import dev.ft900.protocol.install.ProvisioningException;
import dev.ft900.protocol.install.ProvisioningListener;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.provisioning.Uid;
import dev.ft900.protocol.slot.BrokerAddress;
import dev.ft900.protocol.slot.SlotCodec;
import dev.ft900.protocol.slot.SlotRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** What the tests of this package provision simulated boards with: an authority without a store, and a look at what a board keeps. */
final class SimulatedBoards {
    static final BoardId ID = new BoardId("board7");
    static final byte[] JITTER = "the jitter of one simulated board".getBytes(StandardCharsets.US_ASCII);

    private static final KeyPair AUTHORITY = newKey();
    private static final X509Certificate ROOT = root();

    private SimulatedBoards() {}

    static Settings settings(Flash flash) {
        return new Settings(flash, JITTER, 115_200, Duration.ZERO, LineFaults.NONE, true);
    }

    static Settings settings(Flash flash, LineFaults faults) {
        return new Settings(flash, JITTER, 115_200, Duration.ZERO, faults, true);
    }

    /** A board with an identity of generation 1. */
    static MemoryFlash provisioned() throws ProvisioningException {
        var flash = new MemoryFlash();
        provision(new SimulatedWire(settings(flash)), Wishes.DEFAULT);
        return flash;
    }

    static MemoryFlash copyOf(Flash flash) {
        var copy = new MemoryFlash();
        for (int page = 0; page < Flash.SIZE; page += Flash.PAGE) {
            var bytes = flash.read(page, Flash.PAGE);
            boolean blank = true;
            for (byte b : bytes) {
                blank &= b == (byte) 0xFF;
            }
            if (!blank) {
                copy.programPage(page, bytes);
            }
        }
        return copy;
    }

    static Provisioned provision(SimulatedWire wire, Wishes wishes) throws ProvisioningException {
        return provision(wire, wishes, 115_200);
    }

    static Provisioned provision(SimulatedWire wire, Wishes wishes, int baud) throws ProvisioningException {
        return provision(wire, wire, wishes, baud);
    }

    static Provisioned provision(SwappingPort port) throws ProvisioningException {
        return provision(port, port, Wishes.DEFAULT, 115_200);
    }

    private static Provisioned provision(SerialPort port, Ticker ticker, Wishes wishes, int baud)
            throws ProvisioningException {
        try (var link = new SerialLink(port, ticker)) {
            var station = new Station(link, baud, ticker);
            return new Provisioner(station, certifier(), Clock.systemUTC(), ticker, ProvisioningListener.NONE, wishes)
                    .provision(ID);
        }
    }

    static Certifier certifier() {
        return (id, request, facts) -> new Certification(
                List.of(certify(id, request)),
                List.of(ROOT),
                new BrokerAddress("broker.example", 8883, "broker.example"),
                List.of());
    }

    /** What a board would say of itself after the next boot: the record in use, after its key has been checked against it. */
    static Optional<SlotRecord> identity(Flash flash) {
        var store = new BoardStore(copyOf(flash), JITTER);
        var record = store.record();
        record.ifPresent(there -> requireMatch(there, store));
        return record;
    }

    private static void requireMatch(SlotRecord record, BoardStore store) {
        try {
            var certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(record.chain().get(0).bytes()));
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(store.privateKey().orElseThrow());
            signature.update(SlotCodec.encode(record));
            var made = signature.sign();
            signature.initVerify(certificate);
            signature.update(SlotCodec.encode(record));
            if (!signature.verify(made)) {
                throw new AssertionError("the board holds a certificate with another's key");
            }
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair newKey() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate root() {
        return sign(
                "CN=Test CA",
                SubjectPublicKeyInfo.getInstance(AUTHORITY.getPublic().getEncoded()));
    }

    private static X509Certificate certify(BoardId id, byte[] request) {
        try {
            return sign("CN=" + id, new PKCS10CertificationRequest(request).getSubjectPublicKeyInfo());
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static X509Certificate sign(String subject, SubjectPublicKeyInfo key) {
        try {
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(AUTHORITY.getPrivate());
            return new JcaX509CertificateConverter()
                    .getCertificate(new X509v3CertificateBuilder(
                                    new X500Name("CN=Test CA"),
                                    new BigInteger(64, new SecureRandom()),
                                    Date.from(Instant.now().minusSeconds(60)),
                                    Date.from(Instant.now().plusSeconds(86_400)),
                                    new X500Name(subject),
                                    key)
                            .build(signer));
        } catch (OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Drafts in memory. */
    static final class Drafts implements DraftStore {
        final Map<Uid, Draft> kept = new HashMap<>();

        @Override
        public Optional<Draft> find(Uid uid) {
            return Optional.ofNullable(kept.get(uid));
        }

        @Override
        public void keep(Draft draft) {
            kept.put(draft.uid(), draft);
        }

        @Override
        public void drop(Uid uid) {
            kept.remove(uid);
        }
    }
}
