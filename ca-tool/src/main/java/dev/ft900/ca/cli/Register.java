package dev.ft900.ca.cli;

import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.authority.Profiles;
import dev.ft900.ca.store.BoardStore;
import dev.ft900.ca.store.CertificateStore;
import dev.ft900.ca.store.RegisteredBoard;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.ca.store.StoredCertificate;
import dev.ft900.protocol.name.BoardId;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * What an authority knows of boards and their certificates, for the time of one command. Reads no key, so nobody needs a passphrase.
 *
 * @param root of the authority
 */
record Register(StateDatabase database, X509Certificate root) implements AutoCloseable {
    /** @throws CommandException there is no authority in this state folder, or it cannot be read */
    static Register open(StateFolder state) throws CommandException {
        var open = OpenState.open(state);
        try {
            for (var kind : KeyKind.values()) {
                var certificates = open.folder().certificates(kind);
                if (!certificates.isEmpty()) {
                    return new Register(open.database(), certificates.get(0));
                }
            }
            throw OpenState.noAuthority(state);
        } catch (IOException e) {
            open.close();
            throw new CommandException(ExitCode.ENVIRONMENT, e.getMessage(), e);
        } catch (CommandException e) {
            open.close();
            throw e;
        }
    }

    Optional<RegisteredBoard> find(BoardId id) {
        return database.jdbi().withHandle(handle -> new BoardStore(handle).find(id));
    }

    /** A certificate by its serial number. */
    Optional<StoredCertificate> certificate(String serial) {
        return database.jdbi().withHandle(handle -> new CertificateStore(handle).find(serial));
    }

    /** A board's certificates, newest first. */
    List<StoredCertificate> certificates(BoardId id) {
        return database.jdbi()
                .withHandle(handle -> new CertificateStore(handle).findByCommonName(Profiles.BOARD, id.value()));
    }

    @Override
    public void close() {
        database.close();
    }
}
