package dev.ft900.hil;

import dev.ft900.agent.fleet.Fleet;
import dev.ft900.ca.enrol.Enrolment;
import dev.ft900.hil.measure.FleetIdentities;
import dev.ft900.protocol.slot.BrokerAddress;
import java.security.cert.X509Certificate;

/** Many registered boards at protocol level in this process. */
final class TestFleet {
    private TestFleet() {}

    /** Registers boards PREFIX0 and so on, and makes them; none has power yet. */
    static Fleet register(Enrolment enrolment, X509Certificate root, BrokerAddress broker, String prefix, int count)
            throws Exception {
        return new Fleet(new FleetIdentities(enrolment, root, broker).register(prefix, count), 1);
    }
}
