package dev.ft900.agent.identity;

import dev.ft900.agent.flash.Flash;
import dev.ft900.protocol.name.BoardId;
import dev.ft900.protocol.wire.ByteReader;
import dev.ft900.protocol.wire.ByteReader.MalformedException;
import dev.ft900.protocol.wire.ByteWriter;
import dev.ft900.protocol.wire.Crc32;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/**
 * Where a key pair and its signing request wait in flash until the certificate comes. Surviving a power cut, they let a station
 * that lost its board go on where it was.
 */
final class KeyWorkshop {
    private static final int MAGIC = 0x59454B46;
    private static final int HEADER = 4 + 2;

    private final Flash flash;

    /**
     * A key that was made.
     *
     * @param nonce by which the station named it
     * @param privateKey PKCS#8 DER; a P-256 key
     * @param signingRequest PKCS#10 DER
     */
    record MadeKey(int nonce, BoardId subject, byte[] privateKey, byte[] signingRequest) {}

    KeyWorkshop(Flash flash) {
        this.flash = flash;
    }

    /** Makes a key, or gives the one that was made under the same nonce for the same subject. */
    MadeKey make(int nonce, BoardId subject, SecureRandom random) {
        var there = current();
        if (there.isPresent()
                && there.get().nonce() == nonce
                && there.get().subject().equals(subject)) {
            return there.get();
        }
        var made = generate(nonce, subject, random);
        flash.eraseSector(FlashMap.WORKSHOP);
        flash.program(FlashMap.WORKSHOP, encode(made));
        return made;
    }

    Optional<MadeKey> current() {
        try {
            var header = new ByteReader(flash.read(FlashMap.WORKSHOP, HEADER));
            if (header.i32() != MAGIC) {
                return Optional.empty();
            }
            int length = header.u16();
            if (length < HEADER + 4 || length > Flash.SECTOR) {
                return Optional.empty();
            }
            var bytes = flash.read(FlashMap.WORKSHOP, length);
            if (new ByteReader(bytes, length - 4, 4).i32() != Crc32.of(bytes, 0, length - 4)) {
                return Optional.empty();
            }
            var in = new ByteReader(bytes, HEADER, length - HEADER - 4);
            return Optional.of(new MadeKey(in.i32(), new BoardId(in.text8()), in.bytes(in.u16()), in.bytes(in.u16())));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    void clear() {
        if (!Arrays.equals(flash.read(FlashMap.WORKSHOP, 4), new byte[] {-1, -1, -1, -1})) {
            flash.eraseSector(FlashMap.WORKSHOP);
        }
    }

    private static byte[] encode(MadeKey key) {
        var body = new ByteWriter()
                .i32(key.nonce())
                .text8(key.subject().value())
                .u16(key.privateKey().length)
                .bytes(key.privateKey())
                .u16(key.signingRequest().length)
                .bytes(key.signingRequest());
        var out = new ByteWriter().i32(MAGIC).u16(HEADER + body.size() + 4).bytes(body.toBytes());
        return out.i32(Crc32.of(out.toBytes())).toBytes();
    }

    private static MadeKey generate(int nonce, BoardId subject, SecureRandom random) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            var pair = generator.generateKeyPair();
            var name = new X500NameBuilder(BCStyle.INSTANCE)
                    .addRDN(BCStyle.CN, subject.value())
                    .build();
            var signer = new JcaContentSignerBuilder("SHA256withECDSA")
                    .setSecureRandom(random)
                    .build(pair.getPrivate());
            var request = new JcaPKCS10CertificationRequestBuilder(name, pair.getPublic()).build(signer);
            return new MadeKey(nonce, subject, pair.getPrivate().getEncoded(), request.getEncoded());
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("every Java platform makes P-256 keys", e);
        }
    }
}
