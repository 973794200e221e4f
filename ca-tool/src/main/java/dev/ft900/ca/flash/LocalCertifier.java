package dev.ft900.ca.flash;

import dev.ft900.ca.authority.Authority;
import dev.ft900.ca.authority.IssuingException;
import dev.ft900.ca.authority.SigningRequest;
import dev.ft900.ca.enrol.Enrolment;
import dev.ft900.ca.store.BoardFacts;
import dev.ft900.ca.store.RegisteredBoard;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.provisioning.BoardIdentity;
import dev.ft900.protocol.slot.BrokerAddress;
import java.util.List;
import java.util.Optional;

/** Signs with the authority of this machine's state folder. */
public final class LocalCertifier implements Certifier, OnlineCheck {
    private final Authority authority;
    private final Enrolment enrolment;
    private final BrokerAddress broker;

    /** @param broker where the boards are to connect */
    public LocalCertifier(Authority authority, Enrolment enrolment, BrokerAddress broker) {
        this.authority = authority;
        this.enrolment = enrolment;
        this.broker = broker;
    }

    @Override
    public Certification certify(BoardId id, byte[] signingRequest, BoardFacts facts) throws CertifierException {
        try {
            var key = SigningRequest.read(signingRequest).key();
            var chain = enrolment.enrol(id, key, facts).chain();
            return new Certification(chain, List.of(authority.root()), broker, enrolment.sameMac(id, facts));
        } catch (IssuingException e) {
            throw new CertifierException(e.getMessage(), e);
        }
    }

    @Override
    public boolean isOnline(BoardId id, String serial, BoardIdentity board) {
        return enrolment.find(id).flatMap(RegisteredBoard::serial).equals(Optional.of(serial));
    }
}
