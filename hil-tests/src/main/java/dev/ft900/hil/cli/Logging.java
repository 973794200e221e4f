package dev.ft900.hil.cli;

import org.slf4j.bridge.SLF4JBridgeHandler;

/** Logging for commands that run servers. */
final class Logging {
    private Logging() {}

    /** Sends what libraries say to java.util.logging where everything else goes. */
    static void bridge() {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }
}
