/**
 * Boards as the gateway sees them: which are there, what was asked of each, what came back. Plain Java; knows neither HTTP nor MQTT
 * clients, and speaks through {@link dev.ft900.gateway.device.Messenger}.
 *
 * <p>A reply means that the board did it. "Offline" means that nothing was sent; "no answer" that something was, and that what became of
 * it is unknown.
 */
package dev.ft900.gateway.device;
