package dev.ft900.gateway.access;

import java.time.Instant;
import java.util.Optional;

/**
 * A token as it is listed: without what opens anything.
 *
 * @param id by which it is revoked
 */
public record StoredToken(
        String id,
        String name,
        Role role,
        Scope scope,
        Instant created,
        Optional<Instant> expires,
        Optional<Instant> revoked) {}
