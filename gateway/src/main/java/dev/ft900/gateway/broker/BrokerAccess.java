package dev.ft900.gateway.broker;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** Who may connect, and what each may do. Called by the broker on threads of its own, for several clients at once. */
public interface BrokerAccess {
    /**
     * Decides about a client whose certificate leads to the trust anchor and is within its dates.
     *
     * @return what it may do; empty to refuse it
     */
    Optional<Grant> admit(X509Certificate certificate, String clientId);

    /**
     * A client that was admitted is connected.
     *
     * @param connection names this one among all of the broker's run: a client that comes again may do so before the end of its old
     *     connection is reported
     */
    void connected(String connection, X509Certificate certificate, String clientId);

    /** A connection that had been reported ended. */
    void disconnected(String connection);

    /**
     * What a client may do; all else is forbidden.
     *
     * @param publish topic filters on which it may publish, never retained
     * @param publishRetained topic filters on which it may publish, retained or not
     * @param subscribe topic filters to which it may subscribe
     */
    record Grant(List<String> publish, List<String> publishRetained, List<String> subscribe) {}
}
