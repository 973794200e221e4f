package dev.ft900.ca.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ft900.ca.OpenSsl;
import dev.ft900.ca.TestState;
import dev.ft900.ca.store.CertificatePage;
import dev.ft900.ca.store.CertificateStore;
import dev.ft900.ca.store.RevocationReason;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.ca.store.StoredCertificate;
import dev.ft900.protocol.name.BoardId;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorityFolderTest {
    private static final Duration WEEK = Duration.ofDays(7);

    @TempDir
    Path dir;

    private TestState state;
    private AuthorityFolder folder;

    @BeforeEach
    void open() throws IOException {
        state = new TestState(dir.resolve("state"), Clock.systemUTC());
        folder = new AuthorityFolder(state.folder(), state.database(), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        state.close();
    }

    private IssuedCertificate issue(Authority authority, String board) throws PolicyException {
        return state.database()
                .jdbi()
                .inTransaction(handle -> authority.issue(
                        new CertificateStore(handle),
                        authority.profiles().get("board"),
                        board,
                        List.of(),
                        KeyKind.P256.generate().getPublic(),
                        Optional.empty()));
    }

    private List<X509Certificate> trusted(Authority authority) {
        return state.database().jdbi().withHandle(handle -> authority.trusted(new CertificateStore(handle)));
    }

    @Test
    void keysAtRestAreEncryptedAndTheirPassphraseLiesApart() throws IOException {
        for (var name : List.of("root.key.pem", "issuing.key.pem")) {
            var text = Files.readString(state.folder().authority().resolve(name));
            assertThat(text).startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----");
        }
        var passphrase = state.folder().passphrase();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(passphrase)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(passphrase).strip()).matches("[0-9a-f]{64}");
    }

    @Test
    void opensslOpensAKeyWithThePassphraseAndNotWithAnother() throws IOException {
        OpenSsl.require();
        var key = state.folder().authority().resolve("issuing.key.pem").toString();
        var wrong = Files.writeString(dir.resolve("wrong"), "not the passphrase\n");

        assertThat(OpenSsl.run(
                                "pkey",
                                "-noout",
                                "-check",
                                "-in",
                                key,
                                "-passin",
                                "file:" + state.folder().passphrase())
                        .exitCode())
                .isZero();
        assertThat(OpenSsl.run("pkey", "-noout", "-in", key, "-passin", "file:" + wrong)
                        .exitCode())
                .isNotZero();
    }

    @Test
    void withoutItsPassphraseAnAuthorityDoesNotOpenAndSaysWhatToDo() throws IOException {
        Files.delete(state.folder().passphrase());
        var wrong = Files.writeString(dir.resolve("wrong"), "not the passphrase\n");

        assertThatThrownBy(() -> new AuthorityFolder(
                                state.folder(), state.database(), Clock.systemUTC(), () -> Optional.empty())
                        .open())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("FT900_PASSPHRASE_FILE");
        assertThatThrownBy(() -> new AuthorityFolder(
                                state.folder(), state.database(), Clock.systemUTC(), Passphrase.ofFile(wrong))
                        .open())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("issuing.key.pem")
                .hasMessageContaining("does not open")
                .hasMessageNotContaining("not the passphrase");
    }

    @Test
    void aKeyThatLiesOpenIsRefusedAndEncryptedAsTheMessageSays() throws IOException {
        OpenSsl.require();
        var file = state.folder().authority().resolve("issuing.key.pem");
        var key = folder.ownVault(KeyKind.P256).open("issuing");
        Files.writeString(file, Pem.privateKey(key));

        assertThatThrownBy(folder::open)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("openssl pkcs8 -topk8");

        var sealed = dir.resolve("sealed");
        var run = OpenSsl.run(
                "pkcs8",
                "-topk8",
                "-v2",
                "aes-256-cbc",
                "-v2prf",
                "hmacWithSHA256",
                "-passout",
                "file:" + state.folder().passphrase(),
                "-in",
                file.toString(),
                "-out",
                sealed.toString());
        assertThat(run.exitCode()).as(run.output()).isZero();
        Files.copy(sealed, file, StandardCopyOption.REPLACE_EXISTING);
        assertThat(folder.open()).isPresent();
    }

    @Test
    void aPassphraseComesFromTheEnvironmentOrAFileAndIsNeverPrinted() throws IOException {
        var file = Files.writeString(dir.resolve("secret"), "from the file\nsecond line");
        var variable = Passphrase.VARIABLE;

        assertThat(Passphrase.ofEnvironment(Map.of(variable, "from the variable"), variable)
                        .get())
                .hasValueSatisfying(p -> assertThat(p.secret()).isEqualTo("from the variable"))
                .hasValueSatisfying(p -> assertThat(p.toString()).doesNotContain("variable"));
        assertThat(Passphrase.ofEnvironment(Map.of(Passphrase.FILE_VARIABLE, file.toString()), variable)
                        .get())
                .hasValueSatisfying(p -> assertThat(p.secret()).isEqualTo("from the file"));
        assertThat(Passphrase.ofEnvironment(Map.of(), variable).get()).isEmpty();
        assertThatThrownBy(() -> Passphrase.ofEnvironment(Map.of(variable, "short"), variable)
                        .get())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("at least 8")
                .hasMessageNotContaining("short");
    }

    @Test
    void aRootKeptOfflineLeavesNoKeyInTheStateAndStillSignsTheNextGeneration() throws Exception {
        var offline = new FileKeyVault(dir.resolve("stick"), () -> Optional.of(new Passphrase("kept in a safe", true)));
        try (var other = new TestState(dir.resolve("other"), Clock.systemUTC())) {
            var classic = new AuthorityFolder(other.folder(), other.database(), Clock.systemUTC());

            assertThat(classic.create(KeyKind.RSA2048, offline)).isTrue();

            assertThat(classic.ownVault(KeyKind.RSA2048).holds(HierarchyFolder.ROOT))
                    .isFalse();
            assertThat(Files.readString(dir.resolve("stick/root.key.pem"))).contains("ENCRYPTED");
            assertThatThrownBy(() -> classic.rollover(KeyKind.RSA2048, classic.ownVault(KeyKind.RSA2048)))
                    .hasMessageContaining("--offline-root");
            var next = classic.rollover(KeyKind.RSA2048, offline);
            next.verify(classic.certificates(KeyKind.RSA2048).get(0).getPublicKey());
        }
    }

    @Test
    void anAuthorityWhoseMakingWasCutOffIsFinishedWithTheSameRoot() throws Exception {
        var offline = new FileKeyVault(dir.resolve("stick"), () -> Optional.of(new Passphrase("kept in a safe", true)));
        var fresh = new StateFolder(dir.resolve("cut"));
        try (var database = StateDatabase.open(fresh)) {
            var asked = new int[1];
            Passphrase.Source failing = () -> {
                // Asked whether there is one, and then for the issuing authority's key: the root is there by then.
                if (asked[0]++ == 1) {
                    throw new IOException("cut off here");
                }
                return Optional.of(new Passphrase("of the state folder", true));
            };
            assertThatThrownBy(() -> new AuthorityFolder(fresh, database, Clock.systemUTC(), failing)
                            .create(KeyKind.P256, offline))
                    .hasMessageContaining("cut off here");
            var root = Pem.readCertificates(fresh.rootCertificate()).get(0);

            var again = new AuthorityFolder(fresh, database, Clock.systemUTC(), failing);
            assertThat(again.exists()).isFalse();
            assertThat(again.create(KeyKind.P256, offline)).isTrue();

            assertThat(again.certificates(KeyKind.P256)).hasSize(2).startsWith(root);
            var roots = new CertificatePage.Filter(
                    Optional.of("root"), Optional.empty(), Optional.empty(), Optional.empty());
            assertThat(database.jdbi()
                            .withHandle(handle ->
                                    new CertificateStore(handle).page(roots, CertificatePage.Cursor.START, 10))
                            .certificates())
                    .singleElement()
                    .extracting(StoredCertificate::serial)
                    .isEqualTo(StoredCertificate.serial(root.getSerialNumber()));
        }
    }

    @Test
    void afterARolloverTheNewAuthoritySignsAlsoInProcessesThatWereRunning() throws Exception {
        var running = state.authority();
        var before = issue(running, "board1");

        var next = folder.rollover(KeyKind.P256, folder.ownVault(KeyKind.P256));

        var after = issue(running, "board2");
        assertThat(after.chain().get(1))
                .isEqualTo(next)
                .isNotEqualTo(before.chain().get(1));
        assertThat(after.certificate().getIssuerX500Principal()).isEqualTo(next.getSubjectX500Principal());
        assertThat(trusted(running))
                .containsExactly(running.root(), before.chain().get(1), next);
        assertThat(state.enrolment().certificate(after.serial()).orElseThrow().issuer())
                .isEqualTo(StoredCertificate.serial(next.getSerialNumber()));
    }

    @Test
    void aRevokedIssuingAuthorityIsNoLongerTrusted() throws Exception {
        var old = folder.certificates(KeyKind.P256).get(1);
        var next = folder.rollover(KeyKind.P256, folder.ownVault(KeyKind.P256));

        state.enrolment().revoke(StoredCertificate.serial(old.getSerialNumber()), RevocationReason.CA_COMPROMISE);

        assertThat(trusted(state.authority())).contains(next).doesNotContain(old);
        assertThat(folder.rootRevocationList(KeyKind.P256, folder.ownVault(KeyKind.P256), WEEK)
                        .isRevoked(old))
                .isTrue();
    }

    @Test
    void aRevocationListNamesWhatItsAuthorityIssuedWithTheReasonAndCountsUp() throws Exception {
        var first = issue(state.authority(), "board1");
        var good = issue(state.authority(), "board2");
        folder.rollover(KeyKind.P256, folder.ownVault(KeyKind.P256));
        var second = issue(state.authority(), "board3");
        state.enrolment().revoke(first.serial(), RevocationReason.KEY_COMPROMISE);
        state.enrolment().revoke(second.serial(), RevocationReason.UNSPECIFIED);

        var lists = folder.revocationLists(KeyKind.P256, WEEK).lists();

        assertThat(lists).hasSize(2);
        assertThat(lists.get(0).isRevoked(second.certificate())).isTrue();
        assertThat(lists.get(0).getRevokedCertificate(second.certificate()).getRevocationReason())
                .isNull();
        assertThat(lists.get(1).isRevoked(first.certificate())).isTrue();
        assertThat(lists.get(1).getRevokedCertificate(first.certificate()).getRevocationReason())
                .isEqualTo(java.security.cert.CRLReason.KEY_COMPROMISE);
        assertThat(lists.get(1).isRevoked(good.certificate())).isFalse();
        lists.get(1).verify(first.chain().get(1).getPublicKey());
        assertThat(number(folder.revocationLists(KeyKind.P256, WEEK).lists().get(0)))
                .isGreaterThan(number(lists.get(0)));
    }

    @Test
    void aLostKeyTakesItsOwnListAwayAndNoOther() throws Exception {
        var old = folder.certificates(KeyKind.P256).get(1);
        var next = folder.rollover(KeyKind.P256, folder.ownVault(KeyKind.P256));
        Files.delete(state.folder().authority().resolve("issuing.key.pem"));

        var made = folder.revocationLists(KeyKind.P256, WEEK);

        assertThat(made.lists())
                .singleElement()
                .extracting(X509CRL::getIssuerX500Principal)
                .isEqualTo(next.getSubjectX500Principal());
        assertThat(made.unlisted()).singleElement().satisfies(unlisted -> {
            assertThat(unlisted.authority()).isEqualTo(old);
            assertThat(unlisted.words())
                    .contains(old.getSubjectX500Principal().toString())
                    .contains("refuse everybody")
                    .contains("issuing.key.pem");
        });
    }

    private static BigInteger number(X509CRL list) {
        // An OCTET STRING around an INTEGER, each with two bytes in front.
        var extension = list.getExtensionValue("2.5.29.20");
        return new BigInteger(java.util.Arrays.copyOfRange(extension, 4, extension.length));
    }

    @Test
    void opensslRefusesARevokedCertificateByTheListAndTakesAGoodOne() throws Exception {
        OpenSsl.require();
        var bad = issue(state.authority(), "board1");
        var good = issue(state.authority(), "board2");
        state.enrolment().revoke(bad.serial(), RevocationReason.KEY_COMPROMISE);
        var list = Files.writeString(
                dir.resolve("list.pem"),
                Pem.revocationList(
                        folder.revocationLists(KeyKind.P256, WEEK).lists().get(0)));
        var chain = Files.writeString(dir.resolve("chain.pem"), Pem.certificates(bad.chain()));

        assertThat(verify(good, chain, list).output()).contains("OK");
        assertThat(verify(bad, chain, list).output()).contains("certificate revoked");
        assertThat(OpenSsl.run("crl", "-in", list.toString(), "-noout", "-text").output())
                .contains("Key Compromise")
                .contains("Version 2");
    }

    private OpenSsl.Run verify(IssuedCertificate issued, Path chain, Path list) throws IOException {
        var leaf = Files.writeString(dir.resolve("leaf.pem"), Pem.certificate(issued.certificate()));
        return OpenSsl.run(
                "verify",
                "-x509_strict",
                "-crl_check",
                "-CRLfile",
                list.toString(),
                "-CAfile",
                state.folder().rootCertificate().toString(),
                "-untrusted",
                chain.toString(),
                leaf.toString());
    }

    @Test
    void aCertificateMadeWithAStolenAuthorityKeyIsNotAdmitted() throws Exception {
        var board = new BoardId("board1");
        var real = state.enrolment()
                .register(board, KeyKind.P256.generate().getPublic(), Optional.empty(), Optional.empty());
        var draft = new CertificateDraft(
                state.authority().profiles().get("board"),
                "board1",
                List.of(),
                KeyKind.P256.generate().getPublic(),
                real.certificate().getNotBefore().toInstant(),
                real.certificate().getNotAfter().toInstant());
        var stolen = folder.ownVault(KeyKind.P256).open("issuing");

        var forged = new CertificateSigner(real.chain().get(1), stolen)
                .sign(draft, real.certificate().getSerialNumber());

        assertThat(forged.getSerialNumber()).isEqualTo(real.certificate().getSerialNumber());
        assertThat(state.enrolment().admits(board, real.certificate())).isTrue();
        assertThat(state.enrolment().admits(board, forged)).isFalse();
    }
}
