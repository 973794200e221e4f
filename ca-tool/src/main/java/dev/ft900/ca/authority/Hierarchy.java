package dev.ft900.ca.authority;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A root and its issuing authorities at work: the newest signs. A rollover by another process counts from the next certificate on. Safe
 * for use by several threads.
 */
final class Hierarchy {
    private static final Logger LOG = LoggerFactory.getLogger(Hierarchy.class);

    private final HierarchyFolder folder;
    private final X509Certificate root;
    private volatile Issuing now;

    /** What signs now, and what signed before it. */
    private record Issuing(List<HierarchyFolder.Generation> generations, CertificateSigner signer) {
        private HierarchyFolder.Generation newest() {
            return generations.get(generations.size() - 1);
        }
    }

    Hierarchy(HierarchyFolder folder) throws IOException {
        this.folder = folder;
        this.root = folder.root();
        this.now = load(folder);
    }

    private static Issuing load(HierarchyFolder folder) throws IOException {
        var generations = folder.generations();
        return new Issuing(List.copyOf(generations), folder.signer(generations.get(generations.size() - 1)));
    }

    X509Certificate root() {
        return root;
    }

    /** All issuing authorities, the oldest first. */
    List<X509Certificate> issuing() {
        return current().generations().stream()
                .map(HierarchyFolder.Generation::certificate)
                .toList();
    }

    /** The one that signs. */
    CertificateSigner signer() {
        return current().signer();
    }

    private Issuing current() {
        var known = now;
        if (!folder.hasGeneration(known.newest().number() + 1)) {
            return known;
        }
        try {
            var newer = load(folder);
            now = newer;
            return newer;
        } catch (IOException e) {
            LOG.warn("the new issuing authority cannot be used; the one before it goes on signing", e);
            return known;
        }
    }
}
