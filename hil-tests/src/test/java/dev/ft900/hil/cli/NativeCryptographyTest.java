package dev.ft900.hil.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Security;
import java.security.Signature;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NativeCryptographyTest {
    @AfterEach
    void asBefore() {
        Security.removeProvider(AmazonCorrettoCryptoProvider.PROVIDER_NAME);
        System.clearProperty("jdk.tls.namedGroups");
        System.clearProperty("ft900.cryptography");
    }

    @Test
    void signaturesAreMadeInNativeCodeAndJavaAcceptsThem() throws GeneralSecurityException {
        assumeThat(System.getProperty("os.name"))
                .as("there is native code for Linux")
                .isEqualTo("Linux");

        NativeCryptography.use();

        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        var key = generator.generateKeyPair();
        var signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(key.getPrivate());
        signer.update(new byte[] {1, 2, 3});
        var signature = signer.sign();
        assertThat(signer.getProvider().getName()).isEqualTo(AmazonCorrettoCryptoProvider.PROVIDER_NAME);
        var verifier = Signature.getInstance("SHA256withECDSA", "SunEC");
        verifier.initVerify(key.getPublic());
        verifier.update(new byte[] {1, 2, 3});
        assertThat(verifier.verify(signature)).isTrue();
    }

    @Test
    void itCanBeKeptOut() throws GeneralSecurityException {
        System.setProperty("ft900.cryptography", "java");

        NativeCryptography.use();

        assertThat(Signature.getInstance("SHA256withECDSA").getProvider().getName())
                .isNotEqualTo(AmazonCorrettoCryptoProvider.PROVIDER_NAME);
    }
}
