package dev.ft900.gateway.http;

import dev.ft900.gateway.access.Access;
import dev.ft900.gateway.access.AuditLog;
import dev.ft900.gateway.access.IdempotencyStore;
import dev.ft900.gateway.access.Refusals;
import dev.ft900.gateway.operations.Metrics;
import dev.ft900.gateway.operations.Readiness;

/** All that the HTTPS server serves, and by which it decides whom. */
public record Serving(
        Devices devices,
        EventFeed feed,
        Access access,
        AuditLog audit,
        Refusals refusals,
        IdempotencyStore idempotency,
        Readiness readiness,
        Metrics metrics) {}
