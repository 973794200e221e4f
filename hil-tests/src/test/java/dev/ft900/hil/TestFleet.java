package dev.ft900.hil;

import dev.ft900.agent.fleet.Fleet;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.enrol.Enrolment;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.pad.PadSet;
import dev.ft900.protocol.slot.Addressing;
import dev.ft900.protocol.slot.BrokerAddress;
import dev.ft900.protocol.slot.Der;
import dev.ft900.protocol.slot.SlotRecord;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Many registered boards at protocol level in this process. */
final class TestFleet {
    private TestFleet() {}

    /** Registers boards PREFIX0 and so on, and makes them; none has power yet. */
    static Fleet register(Enrolment enrolment, X509Certificate root, BrokerAddress broker, String prefix, int count)
            throws Exception {
        var trust = List.of(new Der(Pem.der(root)));
        var records = new ArrayList<SlotRecord>();
        for (int i = 0; i < count; i++) {
            var key = KeyKind.P256.generate();
            var id = new BoardId(prefix + i);
            var issued = enrolment.register(id, key.getPublic(), Optional.empty(), Optional.empty());
            records.add(new SlotRecord(
                    id,
                    1,
                    broker,
                    trust,
                    issued.chain().stream().map(Pem::der).map(Der::new).toList(),
                    Optional.of(new Der(key.getPrivate().getEncoded())),
                    new Addressing.Dhcp(),
                    PadSet.NONE));
        }
        return new Fleet(records, 1);
    }
}
