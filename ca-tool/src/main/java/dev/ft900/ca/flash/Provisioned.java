package dev.ft900.ca.flash;

import dev.ft900.ca.store.BoardFacts;
import dev.ft900.protocol.install.Step;
import dev.ft900.protocol.install.Steps;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.slot.BrokerAddress;
import java.util.List;
import java.util.Map;

/**
 * A board that has its new identity and has rebooted with it.
 *
 * @param serial of its certificate, lower-case hex
 * @param keyHash SHA-256 of its public key, lower-case hex
 * @param generation of its slot
 * @param recordBytes what was written
 * @param rate at which it was written, in bits per second
 * @param online whether it was seen to connect; false when nobody looked
 * @param warnings what somebody should look into
 * @param timings how long each step took
 */
public record Provisioned(
        BoardId id,
        BoardFacts facts,
        String serial,
        String keyHash,
        long generation,
        BrokerAddress broker,
        int recordBytes,
        int rate,
        boolean online,
        List<String> warnings,
        Map<Step, Steps.Timing> timings) {
    /** Whether it had an identity before whose certificates may still be good: nobody saw it connect with the new one. */
    public boolean leavesOthersGood() {
        return !online && generation > 1;
    }
}
