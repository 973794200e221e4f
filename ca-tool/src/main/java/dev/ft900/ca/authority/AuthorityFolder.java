package dev.ft900.ca.authority;

import dev.ft900.ca.store.LockFile;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;

/**
 * The authority's keys and certificates in the state folder: for each kind of key a root that signs nothing but issuing authorities,
 * and the issuing authorities that sign the rest. Private keys are encrypted (mode 0600).
 *
 * <pre>
 *   ca/            P-256: what the toolkit's own boards and servers use
 *   ca/rsa-2048/   RSA-2048: for older boards that know no curves, if somebody made it
 * </pre>
 */
public final class AuthorityFolder {
    private final StateFolder state;
    private final StateDatabase database;
    private final Clock clock;
    private final Passphrase.Source passphrase;

    /** With the passphrase from the environment or the state folder. */
    public AuthorityFolder(StateFolder state, StateDatabase database, Clock clock) {
        this(state, database, clock, Passphrase.unattended(state));
    }

    /** @param passphrase opens the keys; asked when one is needed, and not before */
    public AuthorityFolder(StateFolder state, StateDatabase database, Clock clock, Passphrase.Source passphrase) {
        this.state = state;
        this.database = database;
        this.clock = clock;
        this.passphrase = passphrase;
    }

    /** The folder of the hierarchy with one kind of keys. */
    public static Path folder(StateFolder state, KeyKind kind) {
        return kind == KeyKind.P256 ? state.authority() : state.authority().resolve("rsa-2048");
    }

    private KeyVault vault(KeyKind kind) {
        return new FileKeyVault(folder(state, kind), passphrase);
    }

    private HierarchyFolder hierarchy(KeyKind kind) {
        return new HierarchyFolder(kind, folder(state, kind), vault(kind), database, clock);
    }

    /** Whether there is an authority with this kind of keys. */
    public boolean exists(KeyKind kind) {
        return hierarchy(kind).exists();
    }

    /** Whether there is an authority at all. */
    public boolean exists() {
        return Arrays.stream(KeyKind.values()).anyMatch(this::exists);
    }

    /** Opens the authority, making one with P-256 keys first if there is none. */
    public Authority openOrCreate() throws IOException {
        create();
        return open().orElseThrow(() -> new IOException("the authority was just made in " + state.authority()));
    }

    /** Opens the authority; empty when there is none. */
    public Optional<Authority> open() throws IOException {
        var hierarchies = new EnumMap<KeyKind, Hierarchy>(KeyKind.class);
        for (var kind : KeyKind.values()) {
            if (exists(kind)) {
                hierarchies.put(kind, new Hierarchy(hierarchy(kind)));
            }
        }
        return hierarchies.isEmpty()
                ? Optional.empty()
                : Optional.of(new Authority(hierarchies, Profiles.load(), clock));
    }

    /** Makes root and issuing authority with P-256 keys, if there are none; all keys stay in the state folder. */
    public boolean create() throws IOException {
        return create(KeyKind.P256, vault(KeyKind.P256));
    }

    /**
     * Makes root and issuing authority, if there are none. If nobody has set a passphrase, a random one is made and kept in the state
     * folder.
     *
     * @param rootVault where the root's key is to be kept
     * @return whether they were made now
     */
    public boolean create(KeyKind kind, KeyVault rootVault) throws IOException {
        return locked(() -> {
            var hierarchy = hierarchy(kind);
            if (hierarchy.exists()) {
                return false;
            }
            if (exists()) {
                // All keys of a state folder have one passphrase: a wrong or missing one shows here.
                open();
            } else if (passphrase.get().isEmpty()) {
                StateFolder.writeSecret(
                        state.passphrase(), (Passphrase.random().secret() + "\n").getBytes(StandardCharsets.US_ASCII));
            }
            hierarchy.make(rootVault);
            return true;
        });
    }

    /**
     * Makes a new issuing authority, which signs from now on. What the one before it signed stays good.
     *
     * @param rootVault where the root's key is kept
     * @return its certificate
     * @throws IOException the passphrase does not open the key of the one before it, or the root's key does not open; nothing was made
     */
    public X509Certificate rollover(KeyKind kind, KeyVault rootVault) throws IOException {
        return locked(() -> {
            var hierarchy = hierarchy(kind);
            hierarchy.requireNewestOpens();
            return hierarchy.addGeneration(rootVault).certificate();
        });
    }

    /**
     * The same after the key of the one before it, or its passphrase, was lost: the new key lies under this folder's passphrase, whatever
     * the others lie under.
     */
    public X509Certificate recover(KeyKind kind, KeyVault rootVault) throws IOException {
        return locked(() -> hierarchy(kind).addGeneration(rootVault).certificate());
    }

    /** Where the root's key is kept unless somebody keeps it elsewhere. */
    public KeyVault ownVault(KeyKind kind) {
        return vault(kind);
    }

    /** The certificates of a hierarchy, without opening a key: the root, then the issuing authorities, the oldest first. */
    public List<X509Certificate> certificates(KeyKind kind) throws IOException {
        var hierarchy = hierarchy(kind);
        var certificates = new ArrayList<X509Certificate>();
        if (hierarchy.exists()) {
            certificates.add(hierarchy.root());
            hierarchy.generations().forEach(generation -> certificates.add(generation.certificate()));
        }
        return certificates;
    }

    /**
     * Makes the revocation lists of the issuing authorities of all generations, the newest first. A lost key takes its own list away, and
     * no other.
     *
     * @param valid until the next list is due
     */
    public MadeLists revocationLists(KeyKind kind, Duration valid) throws IOException {
        var hierarchy = hierarchy(kind);
        var lists = new ArrayList<X509CRL>();
        var unlisted = new ArrayList<MadeLists.Unlisted>();
        for (var generation : hierarchy.generations()) {
            try {
                lists.add(0, list(hierarchy.signer(generation), valid));
            } catch (IOException e) {
                unlisted.add(0, new MadeLists.Unlisted(generation.certificate(), e.getMessage()));
            }
        }
        return new MadeLists(lists, unlisted);
    }

    /**
     * Makes the root's revocation list, which names revoked issuing authorities.
     *
     * @param rootVault where the root's key is kept
     */
    public X509CRL rootRevocationList(KeyKind kind, KeyVault rootVault, Duration valid) throws IOException {
        return list(hierarchy(kind).rootSigner(rootVault), valid);
    }

    private X509CRL list(CertificateSigner signer, Duration valid) {
        return new RevocationLists(database, clock).make(signer, valid);
    }

    /** Two processes may want to be the first; the second waits and finds it done. */
    private <T> T locked(LockFile.Work<T> work) throws IOException {
        StateFolder.createDirectory(state.path());
        return new LockFile(state.path().resolve("ca.lock")).alone(work);
    }
}
