package dev.ft900.ca.store;

import java.time.Instant;

/**
 * That a certificate does not count any more.
 *
 * @param sequence place in the order of revoking, from 1
 */
public record Revocation(long sequence, String serial, Instant at, RevocationReason reason) {}
