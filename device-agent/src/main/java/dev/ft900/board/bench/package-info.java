/**
 * What a bench does with a virtual board: drive and watch pads, talk over serial lines, press reset, cut the power, move the clock, inject
 * faults, record pads. All of it on the thread that runs the machine; other threads hand it over with {@link
 * dev.ft900.board.machine.Machine#post}.
 */
package dev.ft900.board.bench;
