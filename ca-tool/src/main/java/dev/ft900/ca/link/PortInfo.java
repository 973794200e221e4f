package dev.ft900.ca.link;

import java.util.Optional;

/**
 * A serial port of this machine.
 *
 * @param name to open it by: {@code /dev/ttyUSB0}, {@code COM7}
 * @param description as its driver gives it
 * @param usb what it says on the USB; empty when it is no USB device
 */
public record PortInfo(String name, String description, Optional<Usb> usb) {
    /**
     * What a USB adapter says of itself.
     *
     * @param vendor 16 bits, assigned by USB-IF
     * @param product 16 bits, assigned by the vendor
     * @param serial tells adapters of one kind apart; may be empty
     */
    public record Usb(int vendor, int product, String serial) {
        @Override
        public String toString() {
            return String.format("%04x:%04x", vendor, product) + (serial.isEmpty() ? "" : " " + serial);
        }
    }
}
