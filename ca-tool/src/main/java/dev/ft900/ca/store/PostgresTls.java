package dev.ft900.ca.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * TLS to PostgreSQL. Over a network the server shows a certificate, and certificate and name are verified: who could stand in for the
 * database could admit boards and people. On the loopback interface the URL decides.
 */
final class PostgresTls {
    private static final String VERIFIED = "verify-full";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    /** What may look at the server's certificate: the driver's own, and Java's. */
    private static final Set<String> FACTORIES =
            Set.of("org.postgresql.ssl.LibPQFactory", "org.postgresql.ssl.DefaultJavaSSLFactory");

    private PostgresTls() {}

    /**
     * Sees to it that the server is verified, if the URL leaves this machine.
     *
     * @param source as the URL made it
     * @throws IOException the URL wants less
     */
    static void require(PGSimpleDataSource source) throws IOException {
        if (LOOPBACK.containsAll(Arrays.asList(source.getServerNames()))) {
            return;
        }
        var mode = source.getSslMode();
        if (mode != null && !mode.equals(VERIFIED)) {
            throw weaker(source, "sslmode=" + mode);
        }
        var factory = source.getSslfactory();
        if (factory != null && !FACTORIES.contains(factory)) {
            throw weaker(source, "sslfactory=" + factory);
        }
        if (source.getSslHostnameVerifier() != null) {
            throw weaker(source, "sslhostnameverifier=" + source.getSslHostnameVerifier());
        }
        source.setSslMode(VERIFIED);
    }

    private static IOException weaker(PGSimpleDataSource source, String what) {
        return new IOException(
                "expected sslmode=verify-full for PostgreSQL at " + String.join(", ", source.getServerNames())
                        + ", which is another machine; got "
                        + what
                        + ", with which somebody in between could be the database. Leave it out of the URL, and name the file"
                        + " with the authority of the server's certificate: sslrootcert=FILE. A tunnel that ends on 127.0.0.1 does too.");
    }

    /** What to do about a connection that TLS kept from coming about; empty when it had another reason. */
    static Optional<String> advice(Throwable failure) {
        Optional<String> words = Optional.empty();
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PSQLException refused) {
                words = advice(refused);
            } else if (cause instanceof FileNotFoundException) {
                return Optional.of(
                        "Copy the certificate of the authority that signed the server's there, or name another file: sslrootcert=FILE.");
            } else if (cause instanceof CertificateExpiredException) {
                return Optional.of("Renew its certificate, or set this machine's clock.");
            } else if (cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException) {
                words = Optional.of(
                        "Its certificate must lead to an authority in the file that sslrootcert of the URL names.");
            }
        }
        return words;
    }

    private static Optional<String> advice(PSQLException refused) {
        // The driver's words are translated; the name of its class and of the protocol are not.
        var said = String.valueOf(refused.getMessage());
        boolean isOwn = refused.getServerErrorMessage() == null;
        if (isOwn && said.contains("HostnameVerifier")) {
            return Optional.of("The host of the URL must be one of the names in its certificate.");
        }
        boolean hasNone = PSQLState.CONNECTION_REJECTED.getState().equals(refused.getSQLState());
        return isOwn && hasNone && said.contains("SSL")
                ? Optional.of(
                        "Over a network it must offer TLS: ssl = on, a certificate and its key in postgresql.conf.")
                : Optional.empty();
    }
}
