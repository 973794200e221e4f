package dev.ft900.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ft900.ca.store.StateDatabase;
import dev.ft900.ca.store.StateFolder;
import dev.ft900.gateway.access.DeviceGroups;
import dev.ft900.gateway.store.GatewayDatabase;
import dev.ft900.protocol.name.BoardId;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProblemsTest {
    @TempDir
    private Path folder;

    @Test
    void aBoardThatWasRemovedWhileSomethingWasWrittenForItIsUnknown() throws Exception {
        try (var database = GatewayDatabase.migrate(StateDatabase.open(new StateFolder(folder).create()))) {
            var failure = catchThrowable(() -> new DeviceGroups(database).set(new BoardId("removed"), Set.of("line")));

            assertThat(Problems.of(failure).kind()).isEqualTo(Problem.Kind.UNKNOWN_DEVICE);
        }
    }
}
