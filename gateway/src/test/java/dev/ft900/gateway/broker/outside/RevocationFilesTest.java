package dev.ft900.gateway.broker.outside;

import static org.assertj.core.api.Assertions.assertThat;

import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RevocationFilesTest {
    /** The expected values are what {@code openssl x509 -subject_hash} says of certificates with these names. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CN=FT900 issuing CA            | 8e9b4799
            CN=ft900  ISSUING ca           | 8e9b4799
            CN=Root, O=Example Ltd, C=DE   | 279d6219
            """)
    void authoritiesAreNamedAsOpenSslNamesThem(String name, String hash) {
        assertThat(RevocationFiles.hash(new X500Principal(name))).isEqualTo(hash);
    }
}
