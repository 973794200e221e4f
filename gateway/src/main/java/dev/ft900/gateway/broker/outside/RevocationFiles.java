package dev.ft900.gateway.broker.outside;

import dev.ft900.ca.store.StateFolder;
import dev.ft900.gateway.broker.BrokerKind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.math.BigInteger;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CRLException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import javax.security.auth.x500.X500Principal;

/** Revocation lists (RFC 5280, section 5) in the files in which each broker looks for them. */
final class RevocationFiles {
    private static final int LINE = 64;
    private static final String CRL_NUMBER = "2.5.29.20";
    private static final String AUTHORITY_KEY = "2.5.29.35";
    /** Tag and length, twice. */
    private static final int HEADERS = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(10);

    private final BrokerKind kind;
    private final Path kit;

    RevocationFiles(BrokerKind kind, Path kit) {
        this.kind = kind;
        this.kit = kit;
    }

    /** All lists in one file, as Mosquitto reads them. */
    static Path mosquitto(Path kit) {
        return kit.resolve("tls").resolve("revoked.pem");
    }

    /** Each list in a file named after its issuer, as Erlang reads them. */
    static Path rabbitMq(Path kit) {
        return kit.resolve("revoked");
    }

    /**
     * Writes them; each file is replaced as a whole. Several gateways may write the lists of one kit: of two of the same authority the one with
     * the higher number stays, whoever was later, unless it is the older one: a database that was restored from a backup counts on from there.
     */
    void write(List<X509CRL> lists) throws IOException {
        StateFolder.createDirectory(kit);
        // The lock goes with the channel.
        try (var file = FileChannel.open(
                kit.resolve("revocations.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock(file);
            if (kind == BrokerKind.MOSQUITTO) {
                writeMosquitto(lists);
            } else {
                writeRabbitMq(lists);
            }
        }
    }

    /** Another gateway has it for milliseconds. */
    private static void lock(FileChannel file) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                if (file.tryLock() != null) {
                    return;
                }
            } catch (OverlappingFileLockException e) {
                // By another thread of this process.
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("another process has been writing revocation lists for " + PATIENCE.toSeconds()
                        + " s, and holds revocations.lock");
            }
            LockSupport.parkNanos(LOOK.toNanos());
            if (Thread.interrupted()) {
                throw new InterruptedIOException("interrupted while another process writes revocation lists");
            }
        }
    }

    private void writeMosquitto(List<X509CRL> lists) throws IOException {
        var kept = read(mosquitto(kit));
        var text = new StringBuilder();
        for (var list : lists) {
            text.append(pem(newest(list, kept)));
        }
        StateFolder.write(mosquitto(kit), text.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private void writeRabbitMq(List<X509CRL> lists) throws IOException {
        var files = new LinkedHashMap<String, Integer>();
        for (var list : lists) {
            var hash = hash(list.getIssuerX500Principal());
            int number = files.merge(hash, 1, Integer::sum) - 1;
            var file = rabbitMq(kit).resolve(hash + ".r" + number);
            StateFolder.write(file, pem(newest(list, read(file))).getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static List<X509CRL> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (var in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCRLs(in).stream()
                    .map(X509CRL.class::cast)
                    .toList();
        } catch (GeneralSecurityException e) {
            // Whatever it is, the new lists are better.
            return List.of();
        }
    }

    /** A list, or the one of the same authority that is there already, if that has the higher number and is not older. */
    private static X509CRL newest(X509CRL list, List<X509CRL> kept) {
        return kept.stream()
                .filter(old -> old.getIssuerX500Principal().equals(list.getIssuerX500Principal())
                        && Arrays.equals(old.getExtensionValue(AUTHORITY_KEY), list.getExtensionValue(AUTHORITY_KEY))
                        && number(old).compareTo(number(list)) > 0
                        && !old.getThisUpdate().before(list.getThisUpdate()))
                .findAny()
                .orElse(list);
    }

    /** Its CRL number (RFC 5280, section 5.2.3): an INTEGER in an OCTET STRING, both shorter than 128 bytes. */
    private static BigInteger number(X509CRL list) {
        var extension = list.getExtensionValue(CRL_NUMBER);
        return extension == null || extension.length <= HEADERS
                ? BigInteger.ZERO
                : new BigInteger(extension, HEADERS, extension.length - HEADERS);
    }

    private static String pem(X509CRL list) {
        try {
            var lines = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(list.getEncoded());
            return "-----BEGIN X509 CRL-----\n" + lines + "\n-----END X509 CRL-----\n";
        } catch (CRLException e) {
            throw new IllegalStateException("a list that was just made has an encoding", e);
        }
    }

    /**
     * The name under which OpenSSL and Erlang look for an authority's files: the first four bytes, backwards, of the SHA-1 of the
     * name's canonical form, which is not a use for security.
     */
    static String hash(X500Principal name) {
        try {
            var digest = MessageDigest.getInstance("SHA-1").digest(CanonicalName.of(name));
            return String.format(
                    Locale.ROOT,
                    "%02x%02x%02x%02x",
                    digest[3] & 0xff,
                    digest[2] & 0xff,
                    digest[1] & 0xff,
                    digest[0] & 0xff);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
