package dev.ft900.gateway.event;

import dev.ft900.protocol.name.BoardId;
import java.time.Instant;

/** Something that happened to a board. */
public record Event(EventId id, Instant at, BoardId board, Happening happening) {}
