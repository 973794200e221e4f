/**
 * Looks at certificates, requests, lists and servers that come from anywhere, and says what they are and whether they hold. Looks at
 * {@code authority} and {@code store}; changes nothing.
 */
package dev.ft900.ca.inspect;
