package dev.ft900.gateway.access;

/**
 * Somebody who showed a good token.
 *
 * @param name of the token, for logs
 */
public record Caller(String name, Role role) {}
