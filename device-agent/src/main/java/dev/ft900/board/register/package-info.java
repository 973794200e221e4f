/**
 * The register kit: peripherals declare their registers once, with offset, width, reset value, bits and access modes, and add behaviour
 * only where something happens. What a program touches that is reserved, or that we do not model, becomes a {@link
 * dev.ft900.board.bus.Finding}. Looks at {@code bus} (access widths) and {@code state} (snapshots) only.
 */
package dev.ft900.board.register;
