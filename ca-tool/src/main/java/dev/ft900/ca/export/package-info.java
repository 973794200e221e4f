/**
 * Certificates and keys in the forms that other programs and boards take: PKCS#12, slot images, what older firmware compiles in. Looks at
 * {@code authority} and the protocol's slot record; writes no file.
 */
package dev.ft900.ca.export;
