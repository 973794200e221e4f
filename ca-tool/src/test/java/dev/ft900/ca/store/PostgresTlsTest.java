package dev.ft900.ca.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresTlsTest {
    private static PGSimpleDataSource source(String url) throws IOException {
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        PostgresTls.require(source);
        return source;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db/ft900",
                "jdbc:postgresql://localhost,db/ft900?connectTimeout=3",
                "jdbc:postgresql://127.0.0.2:5433/ft900",
                "jdbc:postgresql://localhost/ft900?PGHOST=db",
                "jdbc:postgresql://db/ft900?ssl=true",
                "jdbc:postgresql://db/ft900?ssl=false",
                "jdbc:postgresql://db/ft900?sslmode=verify-full&sslrootcert=/etc/db-ca.pem",
                "jdbc:postgresql://db/ft900?sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory"
            })
    void overANetworkTheServersCertificateAndNameAreVerified(String url) throws IOException {
        assertThat(source(url).getSslMode()).isEqualTo("verify-full");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sslmode=disable",
                "sslmode=allow",
                "sslmode=prefer",
                "sslmode=require",
                "sslmode=verify-ca",
                "sslmode=verify-full&sslmode=disable",
                "sslfactory=org.postgresql.ssl.NonValidatingFactory",
                "sslmode=verify-full&sslhostnameverifier=example.Anybody"
            })
    void overANetworkLessIsRefused(String weaker) {
        assertThatThrownBy(() -> source("jdbc:postgresql://db.example/ft900?" + weaker))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected sslmode=verify-full for PostgreSQL at db.example")
                .hasMessageContaining("sslrootcert=FILE");
    }

    @Test
    void onTheLoopbackInterfaceTheUrlDecides() throws IOException {
        assertThat(source("jdbc:postgresql://localhost:5432/ft900").getSslMode())
                .isNotEqualTo("verify-full");
        assertThat(source("jdbc:postgresql://127.0.0.1/ft900?sslmode=disable").getSslMode())
                .isEqualTo("disable");
        assertThat(source("jdbc:postgresql://[::1]:5432/ft900?sslmode=verify-ca")
                        .getSslMode())
                .isEqualTo("verify-ca");
    }
}
