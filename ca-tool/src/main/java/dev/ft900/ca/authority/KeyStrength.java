package dev.ft900.ca.authority;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECPoint;
import java.util.Optional;

/**
 * Finds public keys that can be broken although their kind and length are right. NIST SP 800-89, section 5.3.3 (RSA), and SP 800-56A,
 * section 5.6.2.3.3 (curves).
 */
final class KeyStrength {
    /** The product of the odd primes below 752, as SP 800-89 advises. */
    private static final BigInteger SMALL_PRIMES = productOfOddPrimesBelow(752);

    /** Primes closer together than good generators leave them are found within so many steps (Fermat). */
    private static final int FERMAT_STEPS = 100;

    private KeyStrength() {}

    private static BigInteger productOfOddPrimesBelow(int limit) {
        var product = BigInteger.ONE;
        for (var prime = BigInteger.valueOf(3); prime.intValue() < limit; prime = prime.nextProbablePrime()) {
            product = product.multiply(prime);
        }
        return product;
    }

    /** Kind and length, such as {@code RSA-1024}. */
    static String words(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return "RSA-" + rsa.getModulus().bitLength();
        }
        return key instanceof ECPublicKey curve
                ? "a curve of " + curve.getParams().getOrder().bitLength() + " bits"
                : key.getAlgorithm();
    }

    /** Why a key is weak; empty when nothing was found. */
    static Optional<String> weaknessOf(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return ofModulus(rsa.getModulus());
        }
        return key instanceof ECPublicKey curve ? ofPoint(curve) : Optional.of("it is of no kind that we know");
    }

    private static Optional<String> ofModulus(BigInteger modulus) {
        if (!modulus.testBit(0) || !modulus.gcd(SMALL_PRIMES).equals(BigInteger.ONE)) {
            return Optional.of("its modulus has a small factor");
        }
        if (modulus.isProbablePrime(20)) {
            return Optional.of("its modulus is a prime");
        }
        return hasCloseFactors(modulus) ? Optional.of("the factors of its modulus are too close") : Optional.empty();
    }

    private static boolean hasCloseFactors(BigInteger modulus) {
        var middle = modulus.sqrt();
        for (int i = 0; i < FERMAT_STEPS; i++) {
            var square = middle.multiply(middle).subtract(modulus);
            if (square.signum() >= 0) {
                var root = square.sqrt();
                if (root.multiply(root).equals(square)) {
                    return true;
                }
            }
            middle = middle.add(BigInteger.ONE);
        }
        return false;
    }

    private static Optional<String> ofPoint(ECPublicKey key) {
        var point = key.getW();
        var curve = key.getParams().getCurve();
        if (point.equals(ECPoint.POINT_INFINITY) || !(curve.getField() instanceof ECFieldFp field)) {
            return Optional.of("its point is no point of the curve");
        }
        var p = field.getP();
        var x = point.getAffineX();
        var y = point.getAffineY();
        boolean inField = x.signum() >= 0 && y.signum() >= 0 && x.compareTo(p) < 0 && y.compareTo(p) < 0;
        var right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB()).mod(p);
        // The curve has a prime order, so that every point on it but infinity generates all of it.
        return inField && y.multiply(y).mod(p).equals(right)
                ? Optional.empty()
                : Optional.of("its point is not on the curve");
    }
}
