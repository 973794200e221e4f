package dev.ft900.ca.flash;

import dev.ft900.ca.store.StateFolder;
import dev.ft900.protocol.install.Draft;
import dev.ft900.protocol.provisioning.Uid;
import dev.ft900.protocol.slot.SlotCodec;
import dev.ft900.protocol.wire.ByteReader.MalformedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Drafts as files named by the board's UID, readable by their owner only. Holds no private keys: records with one are not kept. */
public final class DraftFolder implements DraftStore {
    private final Path folder;

    public DraftFolder(Path folder) {
        this.folder = folder;
    }

    private Path file(Uid uid) {
        return folder.resolve(uid + ".slot");
    }

    @Override
    public Optional<Draft> find(Uid uid) throws IOException {
        if (!Files.exists(file(uid))) {
            return Optional.empty();
        }
        var bytes = Files.readAllBytes(file(uid));
        try {
            var record = SlotCodec.decode(bytes);
            return Optional.of(new Draft(record.id(), uid, record.generation(), bytes));
        } catch (MalformedException e) {
            // Not ours, or damaged: then there is nothing to go on with.
            return Optional.empty();
        }
    }

    @Override
    public void keep(Draft draft) throws IOException {
        try {
            if (SlotCodec.decode(draft.record()).key().isPresent()) {
                return;
            }
        } catch (MalformedException e) {
            throw new IllegalArgumentException("a draft holds a whole record", e);
        }
        Files.createDirectories(folder);
        StateFolder.writeSecret(file(draft.uid()), draft.record());
    }

    @Override
    public void drop(Uid uid) throws IOException {
        Files.deleteIfExists(file(uid));
    }
}
