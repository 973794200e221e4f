package dev.ft900.gateway.app;

import dev.ft900.ca.authority.Authority;
import dev.ft900.ca.authority.AuthorityFolder;
import dev.ft900.ca.authority.IssuingException;
import dev.ft900.ca.enrol.Enrolment;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.gateway.access.TokenStore;
import dev.ft900.gateway.store.GatewayDatabase;
import dev.ft900.gateway.store.GatewayLease;
import java.io.IOException;
import java.time.Clock;

/**
 * What all else stands on: a state folder that no other gateway uses, the database, the authority and the register.
 *
 * @param lease on the gateway's name, among all gateways of the database
 * @param clock this machine's; {@link GatewayLease#clock} is the one that all gateways share
 */
record Foundation(
        StateFolder state,
        StateDatabase database,
        GatewayLease lease,
        AuthorityFolder authorities,
        Authority authority,
        Enrolment enrolment,
        TokenStore tokens,
        Clock clock) {
    /** Makes what is missing. */
    static Foundation open(GatewaySettings settings, Clock clock, Parts parts)
            throws StartException, IOException, IssuingException {
        var state = settings.state();
        parts.keep(ServerLock.take(state));
        if (settings.database().isPresent()) {
            settings.database().get().choose(state);
        }
        var database = GatewayDatabase.migrate(parts.keep(StateDatabase.open(state)));
        var lease = parts.keep(GatewayLease.take(database, settings.name()));
        lease.start(parts.thread("gateway-lease"));
        var authorities = new AuthorityFolder(state, database, clock);
        var authority = authorities.openOrCreate();
        return new Foundation(
                state,
                database,
                lease,
                authorities,
                authority,
                new Enrolment(database, authority, clock),
                new TokenStore(database, lease.clock()),
                clock);
    }
}
