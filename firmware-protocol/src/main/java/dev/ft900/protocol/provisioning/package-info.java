/**
 * What a provisioning station and a board say to one another, as values and as the payloads of frames: hello, seed, clock,
 * key, slot, reboot ({@code docs/protocol.md}, section 7). The same on a serial line and over MQTT.
 *
 * <p>Every request can be sent twice without harm, so a station whose reply was lost just asks again. Looks at {@code frame},
 * {@code wire}, {@code message} and {@code name}.
 */
package dev.ft900.protocol.provisioning;
