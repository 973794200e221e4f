/**
 * A board on a bench, as tests see it: pins, power, reset button, console. Tests ask for abilities, never for ports; which bench it is,
 * virtual or real, is chosen outside. {@link dev.ft900.hil.bench.VirtualDut} is the virtual one.
 */
package dev.ft900.hil.bench;
