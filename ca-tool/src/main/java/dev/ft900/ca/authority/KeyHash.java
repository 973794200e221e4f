package dev.ft900.ca.authority;

import dev.ft900.protocol.provisioning.Digest;
import java.security.PublicKey;

/** By what a key is known in the store: SHA-256 of its SubjectPublicKeyInfo, lower-case hex. */
final class KeyHash {
    private KeyHash() {}

    static String of(PublicKey key) {
        return Digest.of(key.getEncoded()).toString();
    }
}
