package dev.ft900.ca.flash;

import dev.ft900.ca.store.BoardFacts;
import dev.ft900.protocol.install.AuthorException;
import dev.ft900.protocol.name.BoardId;

/** Who turns a signing request into an identity: the authority of this machine, or a gateway. */
public interface Certifier {
    /**
     * Certifies a board, and enters it in the register.
     *
     * @param signingRequest PKCS#10 DER
     * @throws CertifierException it will not, or cannot be reached; the message says what to do
     */
    Certification certify(BoardId id, byte[] signingRequest, BoardFacts facts) throws CertifierException;

    /** There is no certificate to be had. */
    class CertifierException extends AuthorException {
        private static final long serialVersionUID = 1L;

        public CertifierException(String message) {
            super(message);
        }

        public CertifierException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
