package dev.ft900.gateway.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ft900.protocol.message.Command;
import dev.ft900.protocol.name.BoardId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecentCommandsTest {
    private static final BoardId BOARD = new BoardId("board1");

    private final RecentCommands recent = new RecentCommands();

    private void ended(Command command, int times) {
        for (int i = 0; i < times; i++) {
            recent.ended(new CommandRecord(
                    Optional.empty(),
                    new Origin("request", "ci"),
                    BOARD,
                    command,
                    Instant.EPOCH,
                    CommandRecord.DONE,
                    "",
                    Hops.NONE,
                    Duration.ZERO));
        }
    }

    @Test
    void whoReadsOftenPushesNoWriteOut() {
        ended(new Command.Reset(), 2);
        ended(new Command.ReadStatus(), 10 * RecentCommands.KEPT);

        var all = recent.of(BOARD);

        assertThat(all).hasSize(RecentCommands.KEPT + 2);
        assertThat(all.get(0).command()).isEqualTo(new Command.ReadStatus());
        assertThat(all.get(all.size() - 1).command()).isEqualTo(new Command.Reset());
    }

    @Test
    void theOldestWriteMakesRoomForTheNewest() {
        ended(new Command.WriteUart(0, "first"), 1);
        ended(new Command.Reset(), RecentCommands.KEPT);

        assertThat(recent.of(BOARD))
                .hasSize(RecentCommands.KEPT)
                .noneMatch(ended -> ended.command() instanceof Command.WriteUart);
    }
}
