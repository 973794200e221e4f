package dev.ft900.gateway.access;

/**
 * Somebody who showed a good token or certificate.
 *
 * @param name of the token, or common name of the certificate; for logs and limits
 * @param scope for which boards the role holds
 */
public record Caller(String name, Role role, Scope scope) {
    /** For all boards. */
    public Caller(String name, Role role) {
        this(name, role, Scope.ALL);
    }
}
