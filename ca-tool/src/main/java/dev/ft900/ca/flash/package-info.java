/**
 * The provisioning station: takes a board on the bench from hello to its new identity. Looks at {@code link}, {@code enrol} and the
 * protocol.
 */
package dev.ft900.ca.flash;
