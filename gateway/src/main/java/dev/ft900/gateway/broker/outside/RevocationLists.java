package dev.ft900.gateway.broker.outside;

import java.io.IOException;
import java.security.cert.X509CRL;
import java.util.List;

/** Where the revocation lists come from. */
public interface RevocationLists {
    /**
     * Fresh lists of all authorities that issue to boards and gateways, with everything in them that is revoked by now. One whose key does
     * not open has none.
     *
     * @throws IOException there is not one list
     */
    List<X509CRL> make() throws IOException;

    /** How many authorities there are; a new one, after a rollover, needs its list at once. */
    int authorities() throws IOException;
}
