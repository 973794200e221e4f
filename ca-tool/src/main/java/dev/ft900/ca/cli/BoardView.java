package dev.ft900.ca.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.authority.PemException;
import dev.ft900.ca.flash.Counterpart;
import dev.ft900.ca.flash.Station;
import dev.ft900.ca.store.StoredCertificate;
import dev.ft900.protocol.exchange.ExchangeException;
import dev.ft900.protocol.message.ClockState;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.provisioning.BoardIdentity;
import dev.ft900.protocol.slot.SlotRecord;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;

/**
 * A board on the bench as it says of itself.
 *
 * @param slot the record in use, without its key
 * @param certificate the board's own; empty when there is no record or the certificate in it cannot be read
 * @param rate at which it answered, in bits per second
 */
record BoardView(BoardIdentity identity, Optional<SlotRecord> slot, Optional<X509Certificate> certificate, int rate) {
    /** Asks the board. */
    static BoardView read(Station station) throws CommandException {
        try {
            station.awaitReady();
            var identity = station.find();
            var slot = station.activeSlot(identity);
            return new BoardView(identity, slot, slot.flatMap(BoardView::own), station.rate());
        } catch (Station.NobodyException e) {
            boolean older = e.counterpart() == Counterpart.OLDER_FIRMWARE;
            throw new CommandException(older ? ExitCode.REFUSED : ExitCode.NO_ANSWER, e.getMessage(), e);
        } catch (ExchangeException e) {
            throw new CommandException(ExitCode.NO_ANSWER, e.getMessage(), e);
        }
    }

    private static Optional<X509Certificate> own(SlotRecord record) {
        try {
            return Optional.of(Pem.readCertificate(record.chain().get(0).bytes()));
        } catch (PemException e) {
            return Optional.empty();
        }
    }

    Optional<Instant> clock() {
        return identity.clock() instanceof ClockState.Set set
                ? Optional.of(Instant.ofEpochSecond(set.epochSeconds()))
                : Optional.empty();
    }

    ObjectNode json() {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("uid", identity.uid().toString())
                .put("mac", identity.mac().toString())
                .put("chip", Chip.of(identity.chipId()).model())
                .put("revision", Chip.of(identity.chipId()).revision())
                .put("chipId", String.format("%08x", identity.chipId()))
                .put("firmware", identity.firmware().value())
                .put("boot", identity.boot().toString())
                .put("baud", rate)
                .put("seeded", identity.seeded())
                .put("clock", clock().map(Instant::toString).orElse("unset"))
                .put("generation", identity.generation())
                .put("onTrial", identity.onTrial());
        identity.id().map(BoardId::value).ifPresent(id -> json.put("id", id));
        slot.ifPresent(record -> json.put("broker", record.broker().uri())
                .put("serverName", record.broker().serverName()));
        certificate.ifPresent(own -> json.putObject("certificate")
                .put("serial", StoredCertificate.serial(own.getSerialNumber()))
                .put("subject", own.getSubjectX500Principal().getName())
                .put("issuer", own.getIssuerX500Principal().getName())
                .put("notBefore", own.getNotBefore().toInstant().toString())
                .put("notAfter", own.getNotAfter().toInstant().toString()));
        return json;
    }
}
