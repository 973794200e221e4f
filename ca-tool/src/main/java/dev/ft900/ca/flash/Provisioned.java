package dev.ft900.ca.flash;

import dev.ft900.ca.store.BoardFacts;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.slot.BrokerAddress;
import java.time.Duration;
import java.util.Map;

/**
 * A board that has its new identity and has rebooted with it.
 *
 * @param serial of its certificate, lower-case hex
 * @param generation of its slot
 * @param recordBytes what was written
 * @param took how long each step took
 */
public record Provisioned(
        BoardId id,
        BoardFacts facts,
        String serial,
        long generation,
        BrokerAddress broker,
        int recordBytes,
        Map<Step, Duration> took) {}
