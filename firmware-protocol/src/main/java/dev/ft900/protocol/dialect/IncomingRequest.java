package dev.ft900.protocol.dialect;

import dev.ft900.protocol.message.ErrorCode;
import dev.ft900.protocol.message.Request;
import dev.ft900.protocol.name.CommandId;

/** What a board makes of a payload on its request topic. */
public sealed interface IncomingRequest {
    /** A request that can be carried out. */
    record Accepted(Request request) implements IncomingRequest {}

    /** Not a request, but it has an id, so the asker must be told. */
    record Rejected(CommandId id, ErrorCode code, String words) implements IncomingRequest {}

    /** No id could be read, so nobody can be told; to be counted and dropped. */
    record Unanswerable(String why) implements IncomingRequest {}
}
