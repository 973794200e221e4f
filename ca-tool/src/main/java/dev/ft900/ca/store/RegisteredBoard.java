package dev.ft900.ca.store;

import dev.ft900.protocol.name.BoardId;
import java.time.Instant;
import java.util.Optional;

/**
 * A board that may connect.
 *
 * @param facts what it said of itself when it was provisioned; empty when it was registered over REST
 * @param serial of the certificate with which it was last seen to connect
 */
public record RegisteredBoard(BoardId id, Optional<BoardFacts> facts, Instant createdAt, Optional<String> serial) {}
