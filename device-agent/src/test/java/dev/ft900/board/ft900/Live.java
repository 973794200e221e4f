package dev.ft900.board.ft900;

import dev.ft900.board.register.Register;
import java.util.Map;
import java.util.Set;

/** The bits that do something of their own in the cycle of the access, and are tested with their peripherals instead. */
final class Live {
    private static final int ALL = -1;

    /** Registers whose first read gives something else than their reset value. */
    static final Set<String> AT_RESET = Set.of("CRCL", "CRCH", "GPIO_VALUE0");

    /** Registers that tell of the reset, or keep what a battery keeps. */
    static final Set<String> SURVIVES_RESET = Set.of("TIMER_WDG_STATUS", "RTC_CTRL");

    private static final Map<String, Integer> BITS = Map.ofEntries(
            // Shows pins.
            Map.entry("GPIO_VALUE0", ALL),
            Map.entry("GPIO_VALUE1", ALL),
            Map.entry("GPIO_VALUE2", ALL),
            // Reset and restart are done at once.
            Map.entry("BMCR", ALL),
            // Computed at a reset.
            Map.entry("CRCL", ALL),
            Map.entry("CRCH", ALL),
            // Reading takes it.
            Map.entry("PTSTNSET", 1),
            Map.entry("SEMAPHORE", 1),
            // Follow what was written beside them.
            Map.entry("SD_CLOCK_RESET", 0x2),
            Map.entry("HC_USBSTS", ALL),
            Map.entry("ADC_DAC_CONF", 0x0700_0000),
            // A transfer sets its flag and brings in 0xFF.
            Map.entry("DATA", ALL),
            // Its inputs follow the loop-back.
            Map.entry("MSR", ALL));

    private Live() {}

    static int changesByItself(Register register) {
        return BITS.getOrDefault(register.name(), 0);
    }
}
