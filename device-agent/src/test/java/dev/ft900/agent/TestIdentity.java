package dev.ft900.agent;

import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.pad.PadSet;
import dev.ft900.protocol.slot.Addressing;
import dev.ft900.protocol.slot.BrokerAddress;
import dev.ft900.protocol.slot.Der;
import dev.ft900.protocol.slot.SlotRecord;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** A throw-away authority for the tests of this module, and records signed by it. Keys are made when the test runs. */
public final class TestIdentity {
    private static final KeyPair AUTHORITY = newKey();

    private TestIdentity() {}

    /** A new P-256 key pair. */
    public static KeyPair newKey() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A certificate for the key in a signing request. */
    public static Der certify(byte[] signingRequest) {
        try {
            var request = new PKCS10CertificationRequest(signingRequest);
            return certify(request.getSubject().toString(), request.getSubjectPublicKeyInfo());
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A certificate for a key. */
    public static Der certify(String subject, PublicKey key) {
        return certify(subject, SubjectPublicKeyInfo.getInstance(key.getEncoded()));
    }

    private static Der certify(String subject, SubjectPublicKeyInfo key) {
        try {
            var now = Instant.now();
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(AUTHORITY.getPrivate());
            return new Der(new X509v3CertificateBuilder(
                            new X500Name("CN=Test CA"),
                            BigInteger.valueOf(now.toEpochMilli()),
                            Date.from(now.minus(1, ChronoUnit.HOURS)),
                            Date.from(now.plus(1, ChronoUnit.DAYS)),
                            new X500Name(subject),
                            key)
                    .build(signer)
                    .getEncoded());
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A record whose key was made on the board. */
    public static SlotRecord record(String id, long generation, Der certificate) {
        return record(id, generation, certificate, Optional.empty());
    }

    /** A record with its key in it, or without. */
    public static SlotRecord record(String id, long generation, Der certificate, Optional<Der> key) {
        return new SlotRecord(
                new BoardId(id),
                generation,
                new BrokerAddress("localhost", 8883, "localhost"),
                List.of(certify("CN=Test CA", AUTHORITY.getPublic())),
                List.of(certificate),
                key,
                new Addressing.Dhcp(),
                PadSet.of(60));
    }

    /** A whole record with a key made here. */
    public static SlotRecord hostMade(String id, long generation) {
        var pair = newKey();
        return record(
                id,
                generation,
                certify("CN=" + id, pair.getPublic()),
                Optional.of(new Der(pair.getPrivate().getEncoded())));
    }
}
