package dev.ft900.ca.authority;

import dev.ft900.ca.store.Revocation;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes X.509 v3 certificates (RFC 5280) in the name of one authority. Safe for use by several threads. */
final class CertificateSigner {
    /** Serial numbers are random, positive and of 16 bytes at most: 126 bits of entropy. */
    private static final int SERIAL_BITS = 126;

    private final X500Principal issuer;
    private final Optional<X509Certificate> certificate;
    private final PrivateKey key;
    private final PublicKey publicKey;
    private final SecureRandom random = new SecureRandom();

    /** @param key the key that belongs to the certificate */
    CertificateSigner(X509Certificate certificate, PrivateKey key) {
        this(certificate.getSubjectX500Principal(), Optional.of(certificate), key, certificate.getPublicKey());
    }

    private CertificateSigner(
            X500Principal issuer, Optional<X509Certificate> certificate, PrivateKey key, PublicKey publicKey) {
        this.issuer = issuer;
        this.certificate = certificate;
        this.key = key;
        this.publicKey = publicKey;
    }

    /** Whether the key belongs to the certificate: what the one signs holds by the other. */
    boolean isWhole() {
        var probe = issuer.getEncoded();
        try {
            var signature = Signature.getInstance(algorithm());
            signature.initSign(key);
            signature.update(probe);
            var signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            // A key of another kind than the certificate's.
            return false;
        }
    }

    private String algorithm() {
        return key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    }

    /** A root: an authority that vouches for itself, and for one level of authorities below it. */
    static X509Certificate selfSigned(X500Principal subject, KeyPair key, Instant notBefore, Instant notAfter) {
        return new CertificateSigner(subject, Optional.empty(), key.getPrivate(), key.getPublic())
                .signAuthority(subject, key.getPublic(), 1, notBefore, notAfter);
    }

    /** The certificate of the authority in whose name this signs. */
    X509Certificate certificate() {
        return certificate.orElseThrow();
    }

    /** A certificate for somebody who is no authority. */
    X509Certificate sign(CertificateDraft draft) {
        return sign(draft, newSerial());
    }

    X509Certificate sign(CertificateDraft draft, BigInteger serial) {
        try {
            var builder = builder(
                    new X500Principal("CN=" + draft.commonName()),
                    draft.key(),
                    serial,
                    draft.notBefore(),
                    draft.notAfter());
            add(builder, Extension.basicConstraints, true, new BasicConstraints(false));
            boolean rsa = draft.key().getAlgorithm().equals("RSA");
            add(
                    builder,
                    Extension.keyUsage,
                    true,
                    new KeyUsage(KeyUsage.digitalSignature | (rsa ? KeyUsage.keyEncipherment : 0)));
            add(builder, Extension.extendedKeyUsage, false, usage(draft.profile()));
            if (!draft.names().isEmpty()) {
                var names =
                        draft.names().stream().map(SubjectName::toGeneralName).toArray(GeneralName[]::new);
                add(builder, Extension.subjectAlternativeName, false, new GeneralNames(names));
            }
            return finish(builder, draft.key());
        } catch (CertIOException e) {
            throw new IllegalStateException("the extensions of a draft can be encoded", e);
        }
    }

    /** A certificate for an authority that stands above no other. */
    X509Certificate signAuthority(X500Principal subject, PublicKey key, Instant notBefore, Instant notAfter) {
        return signAuthority(subject, key, 0, notBefore, notAfter);
    }

    private X509Certificate signAuthority(
            X500Principal subject, PublicKey key, int pathLength, Instant notBefore, Instant notAfter) {
        try {
            var builder = builder(subject, key, newSerial(), notBefore, notAfter);
            add(builder, Extension.basicConstraints, true, new BasicConstraints(pathLength));
            add(builder, Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return finish(builder, key);
        } catch (CertIOException e) {
            throw new IllegalStateException("the extensions of an authority can be encoded", e);
        }
    }

    private static ExtendedKeyUsage usage(Profile profile) {
        var ids = profile.usage().stream()
                .map(usage -> usage == Profile.Usage.SERVER_AUTH
                        ? KeyPurposeId.id_kp_serverAuth
                        : KeyPurposeId.id_kp_clientAuth)
                .toArray(KeyPurposeId[]::new);
        return new ExtendedKeyUsage(ids);
    }

    private BigInteger newSerial() {
        return new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS);
    }

    private X509v3CertificateBuilder builder(
            X500Principal subject, PublicKey subjectKey, BigInteger serial, Instant notBefore, Instant notAfter) {
        return new JcaX509v3CertificateBuilder(
                issuer, serial, Date.from(notBefore), Date.from(notAfter), subject, subjectKey);
    }

    private static void add(
            X509v3CertificateBuilder builder, ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value)
            throws CertIOException {
        builder.addExtension(id, critical, value);
    }

    private X509Certificate finish(X509v3CertificateBuilder builder, PublicKey subjectKey) throws CertIOException {
        try {
            var identifiers = new JcaX509ExtensionUtils();
            add(builder, Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(subjectKey));
            add(builder, Extension.authorityKeyIdentifier, false, identifiers.createAuthorityKeyIdentifier(publicKey));
            return new JcaX509CertificateConverter().getCertificate(builder.build(contentSigner()));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("every Java platform signs with P-256 and RSA", e);
        }
    }

    private ContentSigner contentSigner() throws OperatorCreationException {
        return new JcaContentSignerBuilder(algorithm()).build(key);
    }

    /**
     * A complete revocation list, version 2 (RFC 5280, section 5).
     *
     * @param number higher than that of every list before
     */
    X509CRL signList(long number, List<Revocation> revoked, Instant thisUpdate, Instant nextUpdate) {
        try {
            var builder = new JcaX509v2CRLBuilder(issuer, Date.from(thisUpdate));
            builder.setNextUpdate(Date.from(nextUpdate));
            for (var revocation : revoked) {
                // RFC 5280, section 5.3.1: no reason is said by leaving it out.
                builder.addCRLEntry(
                        new BigInteger(revocation.serial(), 16),
                        Date.from(revocation.at()),
                        revocation.reason().code());
            }
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(publicKey));
            builder.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(number)));
            return new JcaX509CRLConverter().getCRL(builder.build(contentSigner()));
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new IllegalStateException("every Java platform signs with P-256 and RSA", e);
        }
    }
}
