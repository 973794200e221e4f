package dev.ft900.hil.cli;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;

/**
 * Signatures and key agreement in native code (AWS-LC) for processes that make many TLS handshakes: Java's own takes several times as long, and
 * far longer before it is compiled, which is just when all boards come back to a gateway that was started again. Where there is no native code for
 * the machine, Java's own does the work. See {@code docs/adr/0018-native-cryptography.md}.
 */
final class NativeCryptography {
    /** Set to {@code java}, it keeps the native code out. */
    private static final String SWITCH = "ft900.cryptography";

    private NativeCryptography() {}

    /** To be called before anything else of the process has to do with cryptography. */
    static void use() {
        if ("java".equals(System.getProperty(SWITCH))
                || AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError() != null) {
            return;
        }
        AmazonCorrettoCryptoProvider.install();
        // P-256 first: of the usual two it is the one that the native code has.
        if (System.getProperty("jdk.tls.namedGroups") == null) {
            System.setProperty("jdk.tls.namedGroups", "secp256r1,x25519,secp384r1,secp521r1");
        }
    }
}
