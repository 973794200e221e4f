package dev.ft900.ca.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.Test;

class SigningRequestTest {
    private static final KeyPair KEY = KeyKind.P256.generate();

    private static byte[] request(KeyPair asked, KeyPair signedWith) {
        try {
            return new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=whatever"), asked.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(signedWith.getPrivate()))
                    .getEncoded();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void takesTheKeyOfARequestThatItSigned() throws PolicyException {
        assertThat(SigningRequest.read(request(KEY, KEY)).key()).isEqualTo(KEY.getPublic());
    }

    @Test
    void refusesARequestForSomebodyElsesKey() {
        assertThatThrownBy(() -> SigningRequest.read(request(KEY, KeyKind.P256.generate())))
                .isInstanceOfSatisfying(
                        PolicyException.class, e -> assertThat(e.rule()).isEqualTo("proof-of-possession"));
    }

    @Property
    void anyBytesAreReadOrRefused(@ForAll @Size(max = 300) byte[] bytes) {
        readOrRefuse(bytes);
    }

    @Property
    void aRequestWithOneByteChangedIsReadOrRefused(@ForAll @IntRange(max = 2000) int at, @ForAll byte instead) {
        var bytes = request(KEY, KEY);
        bytes[at % bytes.length] = instead;

        readOrRefuse(bytes);
    }

    private static void readOrRefuse(byte[] bytes) {
        try {
            assertThat(SigningRequest.read(bytes).key()).isNotNull();
        } catch (PolicyException e) {
            assertThat(e.rule()).isIn("signing-request", "proof-of-possession");
        }
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThatThrownBy(() -> SigningRequest.read(new byte[5000])).hasMessageContaining("at most 4096");
    }
}
