/**
 * A protocol-level board at the end of a wire, in virtual time and on the caller's thread: what takes a second at the wire takes a
 * millisecond here, and comes out the same every time. For dry runs, for faults at every byte, and for what the wire alone would take.
 */
package dev.ft900.hil.simulated;
