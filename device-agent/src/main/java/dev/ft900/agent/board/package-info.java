/**
 * A protocol-level FT900: pads, clock, UARTs, boot and reset, commands obeyed at most once. It behaves as the firmware does towards
 * the outside and models no register; {@code docs/fidelity.md} lists what it leaves out. Looks at {@code identity},
 * {@code flash} and the protocol; knows neither serial ports nor MQTT.
 *
 * <p>A board is for one thread, its event loop. Only {@link dev.ft900.agent.board.VirtualBoard} takes calls from others.
 */
package dev.ft900.agent.board;
