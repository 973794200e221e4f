package dev.ft900.ca.authority;

import java.io.IOException;
import java.security.KeyPair;
import java.security.PrivateKey;

/**
 * Keeps the private keys of authorities, each under a name. Files today ({@link FileKeyVault}). A PKCS#11 token fits behind the same
 * three methods: the keys that it hands out are handles which sign through its provider and never show themselves.
 */
public interface KeyVault {
    /** Whether there is a key of this name. */
    boolean holds(String name);

    /**
     * Makes a key and keeps it, in place of one of the same name.
     *
     * @throws IOException it cannot be kept; the message says what to do
     */
    KeyPair create(String name, KeyKind kind) throws IOException;

    /**
     * A key that was made before.
     *
     * @throws IOException it is not there or cannot be opened; the message says what to do
     */
    PrivateKey open(String name) throws IOException;
}
