/**
 * Which boards may connect, and with which certificates: registering, renewing, superseding, revoking. What a station does locally and
 * a gateway does over REST is the same code here. Looks at {@code authority} and {@code store}.
 */
package dev.ft900.ca.enrol;
