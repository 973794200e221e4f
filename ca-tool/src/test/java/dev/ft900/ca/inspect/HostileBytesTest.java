package dev.ft900.ca.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.authority.PemException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.security.auth.x500.X500Principal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** Whatever bytes come, they are read or refused, and nothing else. */
class HostileBytesTest {
    private static final List<byte[]> GOOD = good();

    private static List<byte[]> good() {
        try {
            var key = KeyKind.P256.generate();
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate());
            var name = new X500Principal("CN=hostile");
            var now = new Date();
            var list = new ArrayList<byte[]>();
            list.add(new JcaX509v3CertificateBuilder(name, BigInteger.TEN, now, now, name, key.getPublic())
                    .build(signer)
                    .getEncoded());
            list.add(new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=hostile"), key.getPublic())
                    .build(signer)
                    .getEncoded());
            list.add(new JcaX509v2CRLBuilder(name, now)
                    .setNextUpdate(now)
                    .build(signer)
                    .getEncoded());
            return list;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void readOrRefuse(byte[] bytes) {
        for (var password : List.of(Optional.<String>empty(), Optional.of("x"))) {
            try {
                assertThat(FileInspector.inspect(bytes, password)).isNotNull().allSatisfy(HostileBytesTest::describe);
            } catch (PemException e) {
                assertThat(e.getMessage()).startsWith("expected");
            }
        }
    }

    /** What the commands do with what was found must not fail either. */
    private static void describe(Found found) {
        if (found instanceof Found.Certificate certificate) {
            var facts = new CertificateFacts(certificate.certificate());
            assertThat(facts.subject()
                            + facts.issuer()
                            + facts.serial()
                            + facts.usage()
                            + facts.names()
                            + facts.sha256())
                    .isNotEmpty();
        }
    }

    @Property
    void anyBytesAreReadOrRefused(@ForAll @Size(max = 400) byte[] bytes) {
        readOrRefuse(bytes);
    }

    @Property
    void bytesThatBeginLikeDerAreReadOrRefused(@ForAll @Size(max = 400) byte[] bytes) {
        var der = new byte[bytes.length + 4];
        der[0] = 0x30;
        der[1] = (byte) 0x82;
        der[2] = (byte) (bytes.length >> 8);
        der[3] = (byte) bytes.length;
        System.arraycopy(bytes, 0, der, 4, bytes.length);

        readOrRefuse(der);
    }

    @Property
    void goodObjectsWithSomeBytesChangedAreReadOrRefused(
            @ForAll @IntRange(max = 2) int which, @ForAll @IntRange(min = 1, max = 4) int changes, @ForAll long seed) {
        var bytes = GOOD.get(which).clone();
        var random = new Random(seed);
        for (int i = 0; i < changes; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }

        readOrRefuse(bytes);
    }

    @Property
    void goodObjectsThatEndEarlyAreReadOrRefused(
            @ForAll @IntRange(max = 2) int which, @ForAll @IntRange(max = 1000) int length) {
        var bytes = GOOD.get(which);

        readOrRefuse(Arrays.copyOf(bytes, Math.min(length, bytes.length)));
    }

    @Property(tries = 200)
    void textThatLooksLikePemIsReadOrRefused(
            @ForAll @Size(max = 200) byte[] bytes, @ForAll @IntRange(max = 3) int label) {
        var words = List.of("CERTIFICATE", "CERTIFICATE REQUEST", "X509 CRL", "PRIVATE KEY")
                .get(label);
        var body = new String(bytes, StandardCharsets.ISO_8859_1);

        readOrRefuse(("-----BEGIN " + words + "-----\n" + body + "\n-----END " + words + "-----\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        readOrRefuse(Pem.request(bytes).replace("CERTIFICATE REQUEST", words).getBytes(StandardCharsets.ISO_8859_1));
    }
}
