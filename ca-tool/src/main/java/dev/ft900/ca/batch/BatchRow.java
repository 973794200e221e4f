package dev.ft900.ca.batch;

import dev.ft900.protocol.name.BoardId;
import java.util.Optional;

/**
 * A board that is to be provisioned.
 *
 * @param port where it is; empty for any of the job's ports
 * @param label what stands on its sticker besides the id; may be empty
 */
public record BatchRow(BoardId id, Optional<String> port, String label) {}
