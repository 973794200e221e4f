package dev.ft900.protocol.slot;

import java.util.Arrays;

/** Something in DER (ITU-T X.690): a certificate or a PKCS#8 key. Its content is not looked into here. */
public final class Der {
    private final byte[] bytes;

    /** @param bytes one whole DER element */
    public Der(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public int length() {
        return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Der der && Arrays.equals(bytes, der.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Just the length: it may be a private key. */
    @Override
    public String toString() {
        return "Der[" + bytes.length + " bytes]";
    }
}
