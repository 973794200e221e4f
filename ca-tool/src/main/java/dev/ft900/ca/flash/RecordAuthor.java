package dev.ft900.ca.flash;

import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.authority.Pem;
import dev.ft900.ca.store.BoardFacts;
import dev.ft900.protocol.install.Author;
import dev.ft900.protocol.install.AuthorException;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.pad.PadSet;
import dev.ft900.protocol.slot.Addressing;
import dev.ft900.protocol.slot.Der;
import dev.ft900.protocol.slot.SlotRecord;
import java.io.IOException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** Writes slot records with what a {@link Certifier} certifies; makes the key itself where the board is not to. */
final class RecordAuthor implements Author {
    private final Certifier certifier;
    private final Optional<SlotRecord> before;
    private Certification certification;

    /** @param before the record in use, whose address and reserved pads are kept */
    RecordAuthor(Certifier certifier, Optional<SlotRecord> before) {
        this.certifier = certifier;
        this.before = before;
    }

    @Override
    public SlotRecord write(Assignment assignment) throws AuthorException {
        var known = BoardFacts.of(assignment.board());
        var facts = new BoardFacts(assignment.uid(), known.mac(), known.chipId(), known.firmware());
        Optional<KeyPair> own =
                assignment.signingRequest().isPresent() ? Optional.empty() : Optional.of(KeyKind.P256.generate());
        var request = assignment.signingRequest().isPresent()
                ? assignment.signingRequest().get()
                : request(assignment.id(), own.orElseThrow());
        certification = certifier.certify(assignment.id(), request, facts);
        try {
            return new SlotRecord(
                    assignment.id(),
                    assignment.generation(),
                    certification.broker(),
                    ders(certification.anchors()),
                    ders(certification.chain()),
                    own.map(pair -> new Der(pair.getPrivate().getEncoded())),
                    before.map(SlotRecord::addressing).orElse(new Addressing.Dhcp()),
                    before.map(SlotRecord::reserved).orElse(PadSet.NONE));
        } catch (IllegalArgumentException e) {
            throw new AuthorException(e.getMessage(), e);
        }
    }

    /** What was certified; null before {@link #write}. */
    Certification certification() {
        return certification;
    }

    private static List<Der> ders(List<X509Certificate> certificates) {
        return certificates.stream().map(Pem::der).map(Der::new).toList();
    }

    private static byte[] request(BoardId id, KeyPair pair) {
        try {
            var name = new X500NameBuilder(BCStyle.INSTANCE)
                    .addRDN(BCStyle.CN, id.value())
                    .build();
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
            return new JcaPKCS10CertificationRequestBuilder(name, pair.getPublic())
                    .build(signer)
                    .getEncoded();
        } catch (OperatorCreationException | IOException e) {
            throw new IllegalStateException("every Java platform signs with P-256", e);
        }
    }
}
