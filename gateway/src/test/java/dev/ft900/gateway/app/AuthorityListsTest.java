package dev.ft900.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ft900.ca.authority.AuthorityFolder;
import dev.ft900.ca.authority.KeyKind;
import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which lists brokers get when keys of the authority are lost. */
class AuthorityListsTest {
    @TempDir
    Path dir;

    @Test
    void thoseThatCanBeMadeAreMadeAndWithoutAnyThereIsAnError() throws Exception {
        var state = new StateFolder(dir);
        try (var database = StateDatabase.open(state)) {
            var folder = new AuthorityFolder(state, database, Clock.systemUTC());
            folder.create();
            var next = folder.rollover(KeyKind.P256, folder.ownVault(KeyKind.P256));
            var lists = new AuthorityLists(folder);
            assertThat(lists.make()).hasSize(2);

            Files.delete(state.authority().resolve("issuing.key.pem"));
            assertThat(lists.make()).singleElement().satisfies(list -> list.verify(next.getPublicKey()));
            assertThat(lists.authorities()).isEqualTo(2);

            Files.delete(state.authority().resolve("issuing-2.key.pem"));
            assertThatThrownBy(lists::make).isInstanceOf(IOException.class).hasMessageContaining("issuing-2.key.pem");
        }
    }
}
