package dev.ft900.agent.identity;

/** Where things lie in flash. The application image must end below {@link #WORKSHOP}. */
final class FlashMap {
    static final int WORKSHOP = 0x35000;
    static final int SLOT_A = 0x36000;
    static final int SLOT_B = 0x38000;
    static final int SLOT_BYTES = 0x2000;
    static final int IDENTITY_LOG = 0x3A000;
    static final int IDENTITY_LOG_SECTORS = 2;

    private FlashMap() {}
}
