package dev.ft900.gateway.device;

import dev.ft900.protocol.install.Step;
import dev.ft900.protocol.install.Steps;
import dev.ft900.protocol.name.BoardId;
import java.util.Map;

/**
 * A board that has connected with a new certificate; older ones are superseded.
 *
 * @param serial of the new one, lower-case hex
 * @param generation of the slot that holds it
 * @param timings how long each step took
 */
public record Renewed(BoardId id, String serial, long generation, Map<Step, Steps.Timing> timings) {}
