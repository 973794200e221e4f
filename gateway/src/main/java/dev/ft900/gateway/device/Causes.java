package dev.ft900.gateway.device;

import java.util.concurrent.CompletionException;

/** What is behind a failure that came through a chain of futures. */
public final class Causes {
    private Causes() {}

    /** The failure itself, without what futures wrap around it. */
    public static Throwable of(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
