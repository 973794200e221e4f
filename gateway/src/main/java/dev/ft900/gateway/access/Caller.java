package dev.ft900.gateway.access;

import java.util.Optional;

/**
 * Somebody who showed a good token or certificate.
 *
 * @param name of the token, or common name of the certificate; for logs and limits
 * @param scope for which boards the role holds
 * @param token by which the token is known of several that may bear the name; empty for a certificate
 */
public record Caller(String name, Role role, Scope scope, Optional<String> token) {
    /** One with a certificate, or yet without a token. */
    public Caller(String name, Role role, Scope scope) {
        this(name, role, scope, Optional.empty());
    }

    /** By which this one is told from all others: names of tokens need not be unique. */
    public String key() {
        return token.orElse(name);
    }

    /** For all boards. */
    public Caller(String name, Role role) {
        this(name, role, Scope.ALL);
    }
}
