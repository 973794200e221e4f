package dev.ft900.gateway.broker;

import dev.ft900.ca.enrol.Enrolment;
import dev.ft900.protocol.name.BoardId;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registers boards that nobody registered when they connect for the first time: with a certificate that we issued for their id, or one
 * that an authority made which is trusted for this. An id that is registered is never given to another certificate, and a board that was
 * removed stays out, since its certificates were revoked. Safe for use by several threads.
 */
public final class FirstConnect {
    private static final Logger LOG = LoggerFactory.getLogger(FirstConnect.class);

    private final List<X509Certificate> authorities;
    private final Enrolment enrolment;
    private final Consumer<BoardId> registered;

    /**
     * @param authorities whose boards are registered beside our own
     * @param registered is told of each board that was registered
     */
    public FirstConnect(List<X509Certificate> authorities, Enrolment enrolment, Consumer<BoardId> registered) {
        this.authorities = List.copyOf(authorities);
        this.enrolment = enrolment;
        this.registered = registered;
    }

    /** Whose boards are registered beside our own: their chains must be trusted too. */
    public List<X509Certificate> authorities() {
        return authorities;
    }

    /**
     * Registers a board, if it may.
     *
     * @param shown the certificate, which TLS has checked, with its dates and its chain
     */
    boolean register(BoardId id, X509Certificate shown) {
        if (!enrolment.adopt(id, shown, signer(shown))) {
            return false;
        }
        LOG.info(
                "{} connected for the first time and is registered, by its certificate of {}",
                id,
                shown.getIssuerX500Principal());
        registered.accept(id);
        return true;
    }

    private Optional<X509Certificate> signer(X509Certificate shown) {
        return authorities.stream()
                .filter(authority -> shown.getIssuerX500Principal().equals(authority.getSubjectX500Principal()))
                .filter(authority -> isSignedBy(shown, authority))
                .findFirst();
    }

    private static boolean isSignedBy(X509Certificate shown, X509Certificate authority) {
        try {
            shown.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
