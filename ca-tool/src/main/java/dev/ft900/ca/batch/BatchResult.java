package dev.ft900.ca.batch;

import dev.ft900.ca.flash.Provisioned;
import dev.ft900.protocol.name.BoardId;
import java.util.Optional;

/**
 * What became of a row.
 *
 * @param port where the board was; empty when none was found
 * @param board set when it was done
 * @param error set when it was not: the step, what was expected, what came, what to try
 */
public record BatchResult(BoardId id, String label, String port, Optional<Provisioned> board, Optional<String> error) {
    public boolean isDone() {
        return board.isPresent();
    }
}
