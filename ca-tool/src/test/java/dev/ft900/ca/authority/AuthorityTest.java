package dev.ft900.ca.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ft900.ca.OpenSsl;
import dev.ft900.ca.TestState;
import dev.ft900.ca.store.CertificateStore;
import dev.ft900.ca.store.RevocationReason;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.ca.store.StoredCertificate;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorityTest {
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private static final List<SubjectName> LOCALHOST = List.of(
            SubjectName.parse("DNS:localhost").orElseThrow(),
            SubjectName.parse("IP:127.0.0.1").orElseThrow());

    @TempDir
    Path dir;

    private TestState state;

    @BeforeEach
    void open() throws IOException {
        state = new TestState(dir.resolve("state"), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        state.close();
    }

    private IssuedCertificate issue(String profile, String name, List<SubjectName> names, PublicKey key, Duration valid)
            throws PolicyException {
        return state.database().jdbi().inTransaction(handle -> state.authority()
                .issue(
                        new CertificateStore(handle),
                        state.authority().profiles().get(profile),
                        name,
                        names,
                        key,
                        Optional.ofNullable(valid)));
    }

    private IssuedCertificate issue(String profile, String name, List<SubjectName> names, KeyPair key)
            throws PolicyException {
        return issue(profile, name, names, key.getPublic(), null);
    }

    private static void assertRefused(String rule, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(PolicyException.class, e -> assertThat(e.rule())
                .isEqualTo(rule));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "board, board7, P-256, sslclient",
        "board, board7, RSA-2048, sslclient",
        "broker, broker.example, P-256, sslserver",
        "gateway, gw.main, P-256, sslserver",
        "gateway, gw.main, P-256, sslclient",
        "rest-client, client.ci, P-256, sslclient"
    })
    void opensslAcceptsWhatIsIssuedStrictly(String profile, String name, String kind, String purpose) throws Exception {
        OpenSsl.require();
        boolean server = profile.equals("broker") || profile.equals("gateway");
        var key = KeyKind.from(kind).orElseThrow().generate();
        var issued = issue(profile, name, server ? LOCALHOST : List.of(), key);
        var leaf = Files.writeString(dir.resolve("leaf.pem"), Pem.certificate(issued.certificate()));
        var chain = Files.writeString(dir.resolve("chain.pem"), Pem.certificates(issued.chain()));

        var run = OpenSsl.run(
                "verify",
                "-x509_strict",
                "-purpose",
                purpose,
                "-CAfile",
                state.folder().rootCertificate().toString(),
                "-untrusted",
                chain.toString(),
                leaf.toString());

        assertThat(run.output()).contains("leaf.pem: OK");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void opensslAcceptsTheAuthoritiesThemselvesStrictly() throws IOException {
        OpenSsl.require();
        var root = state.folder().rootCertificate().toString();
        var issuing = state.folder().authority().resolve("issuing.cert.pem").toString();

        assertThat(OpenSsl.run("verify", "-x509_strict", "-CAfile", root, root).exitCode())
                .isZero();
        assertThat(OpenSsl.run("verify", "-x509_strict", "-CAfile", root, issuing)
                        .exitCode())
                .isZero();
    }

    @Test
    void aCertificateIsInTheStoreBeforeAnybodySeesIt() throws PolicyException {
        var issued = issue("board", "board7", List.of(), KeyKind.P256.generate());

        var stored = state.enrolment().certificate(issued.serial()).orElseThrow();
        assertThat(stored.commonName()).isEqualTo("board7");
        assertThat(stored.der()).isEqualTo(Pem.der(issued.certificate()));
        assertThat(stored.isRevoked()).isFalse();
    }

    @Test
    void serialNumbersAreRandomAndLong() {
        var serials = new HashSet<BigInteger>();
        IntStream.range(0, 20).forEach(i -> {
            try {
                serials.add(issue("board", "b" + i, List.of(), KeyKind.P256.generate())
                        .certificate()
                        .getSerialNumber());
            } catch (PolicyException e) {
                throw new AssertionError(e);
            }
        });

        assertThat(serials).hasSize(20).allSatisfy(serial -> {
            assertThat(serial.signum()).isPositive();
            assertThat(serial.bitLength()).isBetween(64, 159);
        });
    }

    @Test
    void theSubjectIsTheRegisteredNameAndNothingElse() throws PolicyException {
        var issued = issue("board", "board7", List.of(), KeyKind.P256.generate());

        assertThat(issued.certificate().getSubjectX500Principal().getName()).isEqualTo("CN=board7");
        assertThat(issued.certificate().getBasicConstraints()).isEqualTo(-1);
    }

    @Test
    void validityIsTheProfilesAtTheMostAndEndsWithTheAuthoritys() throws PolicyException {
        var issued = issue("broker", "broker.example", LOCALHOST, KeyKind.P256.generate());

        assertThat(issued.certificate().getNotAfter().toInstant()).isEqualTo(NOW.plus(397, ChronoUnit.DAYS));
        assertRefused(
                "validity",
                () -> issue(
                        "broker",
                        "broker.example",
                        LOCALHOST,
                        KeyKind.P256.generate().getPublic(),
                        Duration.ofDays(398)));
        assertRefused(
                "validity",
                () -> issue(
                        "broker",
                        "broker.example",
                        LOCALHOST,
                        KeyKind.P256.generate().getPublic(),
                        Duration.ofDays(-1)));
    }

    @Test
    void nearItsOwnEndAnAuthorityShortensWhatNobodyAskedForAndRefusesWhatSomebodyDid()
            throws IOException, PolicyException {
        close();
        state = new TestState(dir.resolve("state"), Clock.fixed(NOW.plus(5_400, ChronoUnit.DAYS), ZoneOffset.UTC));

        var issued = issue("board", "board7", List.of(), KeyKind.P256.generate());
        var key = KeyKind.P256.generate().getPublic();

        assertThat(issued.certificate().getNotAfter())
                .isEqualTo(issued.chain().get(1).getNotAfter());
        assertRefused("lifetime", () -> issue("board", "board8", List.of(), key, Duration.ofDays(100)));
        assertThat(issue("board", "board8", List.of(), key, Duration.ofDays(30))
                        .certificate()
                        .getNotAfter()
                        .toInstant())
                .isEqualTo(NOW.plus(5_430, ChronoUnit.DAYS));
    }

    @ParameterizedTest
    @CsvSource({
        "board, gw.main",
        "board, Board7",
        "board, ''",
        "board, client.x",
        "board, ft900",
        "board, localhost",
        "broker, board7",
        "broker, gw.main",
        "broker, client.ci",
        "broker, 127.0.0.1",
        "gateway, main",
        "gateway, gw.toolongname",
        "gateway, board7",
        "rest-client, ci",
        "board, 'a,CN=b'"
    })
    void refusesNamesOfOtherKinds(String profile, String name) {
        assertRefused("subject-form", () -> issue(profile, name, LOCALHOST, KeyKind.P256.generate()));
    }

    @Test
    void serversNeedNamesAndOthersMustHaveNone() {
        assertRefused("names", () -> issue("broker", "broker.example", List.of(), KeyKind.P256.generate()));
        assertRefused("names", () -> issue("board", "board7", LOCALHOST, KeyKind.P256.generate()));
    }

    @Test
    void refusesWeakKeysOtherCurvesAndKindsThatTheProfileDoesNotTake() throws Exception {
        var rsa1024 = KeyPairGenerator.getInstance("RSA");
        rsa1024.initialize(1024);
        var exponent3 = KeyPairGenerator.getInstance("RSA");
        exponent3.initialize(new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F0));
        var p384 = KeyPairGenerator.getInstance("EC");
        p384.initialize(new ECGenParameterSpec("secp384r1"));

        for (var generator : List.of(rsa1024, exponent3, p384)) {
            assertRefused("key-kind", () -> issue("board", "board7", List.of(), generator.generateKeyPair()));
        }
        assertRefused("key-kind", () -> issue("broker", "broker.example", LOCALHOST, KeyKind.RSA2048.generate()));
    }

    @Test
    void everyCertificateHasAKeyOfItsOwn() throws PolicyException {
        var key = KeyKind.P256.generate();
        issue("board", "board7", List.of(), key);

        assertRefused("key-unused", () -> issue("board", "board8", List.of(), key));
    }

    @Test
    void aNameBelongsToOneProfileUntilItsCertificatesAreRevoked() throws Exception {
        addClassic();
        var board = issue("board", "board7", List.of(), KeyKind.P256.generate());

        assertRefused("name-owner", () -> issue("classic-rsa", "board7", List.of(), KeyKind.RSA2048.generate()));
        state.enrolment().revoke(board.serial(), RevocationReason.SUPERSEDED);

        assertThat(issue("classic-rsa", "board7", List.of(), KeyKind.RSA2048.generate())
                        .serial())
                .isNotEqualTo(board.serial());
    }

    @Test
    void noServerGoesByTheNameOfAGatewayOrClient() {
        for (var name : List.of("DNS:gw.main", "DNS:client.ci")) {
            assertRefused(
                    "forbidden-names",
                    () -> issue(
                            "broker",
                            "broker.example",
                            List.of(SubjectName.parse(name).orElseThrow()),
                            KeyKind.P256.generate()));
        }
    }

    @Test
    void refusesKeysThatCanBeBrokenThoughTheirLengthIsRight() throws Exception {
        var factory = KeyFactory.getInstance("RSA");
        var random = new SecureRandom();
        var half = BigInteger.probablePrime(1024, random).setBit(1022).nextProbablePrime();
        var close = half.multiply(half.nextProbablePrime());
        var smallFactor = BigInteger.probablePrime(2040, random).setBit(2038).multiply(BigInteger.valueOf(251));
        for (var modulus : List.of(close, smallFactor)) {
            assertThat(modulus.bitLength()).isEqualTo(2048);
            var key = factory.generatePublic(new RSAPublicKeySpec(modulus, RSAKeyGenParameterSpec.F4));
            assertRefused("key-strength", () -> issue("board", "board7", List.of(), key, null));
        }
        var curve = ((ECPublicKey) KeyKind.P256.generate().getPublic()).getParams();
        var nowhere = KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(new ECPoint(BigInteger.TWO, BigInteger.TEN), curve));

        assertRefused("key-strength", () -> issue("board", "board7", List.of(), nowhere, null));
    }

    @Test
    void aCertificateThatItsReadersCannotTakeIsRefusedAndNotKept() throws Exception {
        addClassic();
        var many = IntStream.range(0, 60)
                .mapToObj(i -> SubjectName.parse("DNS:a-rather-long-host-name-" + i + ".example")
                        .orElseThrow())
                .toList();

        assertRefused("size", () -> issue("classic-broker", "broker.example", many, KeyKind.RSA2048.generate()));

        List<StoredCertificate> kept = state.database().jdbi().withHandle(handle -> new CertificateStore(handle)
                .findByCommonName("broker.example"));
        assertThat(kept).isEmpty();
    }

    @Test
    void olderBoardsGetRsaThroughout() throws Exception {
        assertRefused("signer", () -> issue("classic-rsa", "board9", List.of(), KeyKind.RSA2048.generate()));
        addClassic();

        var issued =
                issue("classic-rsa", "0123456789abcdef0123456789abcdef01234567", List.of(), KeyKind.RSA2048.generate());

        assertThat(issued.chain()).allSatisfy(certificate -> assertThat(certificate.getSigAlgName())
                .isEqualTo("SHA256withRSA"));
        assertRefused("key-kind", () -> issue("classic-rsa", "board9", List.of(), KeyKind.P256.generate()));
    }

    /** Adds the hierarchy with RSA keys and opens the authority anew. */
    private void addClassic() throws IOException {
        var folder = new AuthorityFolder(state.folder(), state.database(), Clock.fixed(NOW, ZoneOffset.UTC));
        folder.create(KeyKind.RSA2048, folder.ownVault(KeyKind.RSA2048));
        state.close();
        state = new TestState(state.folder().path(), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void keysAreForTheOwnerAloneAndAnExistingAuthorityIsKept() throws IOException {
        for (var name : List.of("root.key.pem", "issuing.key.pem")) {
            var mode = Files.getPosixFilePermissions(state.folder().authority().resolve(name));
            assertThat(PosixFilePermissions.toString(mode)).isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(state.folder().path())))
                .isEqualTo("rwx------");

        var again = new AuthorityFolder(state.folder(), state.database(), Clock.systemUTC());

        assertThat(again.create()).isFalse();
        assertThat(again.openOrCreate().root()).isEqualTo(state.authority().root());
    }

    @Test
    void aFileThatIsNoDatabaseIsReportedWithTheNextStep() throws IOException {
        var folder = new StateFolder(Files.createDirectory(dir.resolve("broken")));
        Files.writeString(
                folder.database(), "this is no database, and it is long enough to be taken for one".repeat(20));

        assertThatThrownBy(() -> StateDatabase.open(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ft900.db")
                .hasMessageContaining("Move the file away");
    }
}
