/**
 * What the peripherals of an FT900 have in common. One package below for each; each peripheral is a table of registers in the order of the
 * hardware sheet, and a class that says what happens. None knows a CPU: they look at {@code register}, {@code bus}, {@code irq},
 * {@code clock} and {@code state} only. All of it is for the one thread that runs the machine.
 */
package dev.ft900.board.peripheral;
