package dev.ft900.hil.measure;

import dev.ft900.ca.authority.IssuedCertificate;
import dev.ft900.ca.authority.IssuingException;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.enrol.Enrolment;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.pad.PadSet;
import dev.ft900.protocol.slot.Addressing;
import dev.ft900.protocol.slot.BrokerAddress;
import dev.ft900.protocol.slot.Der;
import dev.ft900.protocol.slot.SlotRecord;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Registers boards by the thousand and makes the records that a fleet is started with. P-256 keys. */
public final class FleetIdentities {
    private static final int IN_TRANSACTION = 200;

    private final Enrolment enrolment;
    private final List<Der> anchors;
    private final BrokerAddress broker;

    /** @param root the only authority that the boards trust */
    public FleetIdentities(Enrolment enrolment, X509Certificate root, BrokerAddress broker) {
        this.enrolment = enrolment;
        this.anchors = List.of(new Der(Pem.der(root)));
        this.broker = broker;
    }

    /**
     * Registers boards PREFIX0, PREFIX1 and so on.
     *
     * @throws IssuingException one of the ids is taken, or the policy forbids a certificate
     */
    public List<SlotRecord> register(String prefix, int count) throws IssuingException {
        var records = new ArrayList<SlotRecord>(count);
        for (int from = 0; from < count; from += IN_TRANSACTION) {
            records.addAll(register(prefix, from, Math.min(count, from + IN_TRANSACTION)));
        }
        return records;
    }

    private List<SlotRecord> register(String prefix, int from, int to) throws IssuingException {
        var keys = IntStream.range(from, to)
                .parallel()
                .mapToObj(i -> KeyKind.P256.generate())
                .toList();
        var boards = new LinkedHashMap<BoardId, PublicKey>();
        for (int i = from; i < to; i++) {
            boards.put(new BoardId(prefix + i), keys.get(i - from).getPublic());
        }
        var issued = enrolment.registerAll(boards);
        var ids = List.copyOf(boards.keySet());
        return IntStream.range(0, ids.size())
                .mapToObj(i -> record(ids.get(i), keys.get(i), issued.get(i)))
                .toList();
    }

    private SlotRecord record(BoardId id, KeyPair key, IssuedCertificate issued) {
        return new SlotRecord(
                id,
                1,
                broker,
                anchors,
                issued.chain().stream().map(Pem::der).map(Der::new).toList(),
                Optional.of(new Der(key.getPrivate().getEncoded())),
                new Addressing.Dhcp(),
                PadSet.NONE);
    }
}
