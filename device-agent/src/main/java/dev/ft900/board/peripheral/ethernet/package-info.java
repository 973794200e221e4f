/** The Ethernet MAC with its PHY, and the cable outside (sheet 4.6). */
package dev.ft900.board.peripheral.ethernet;
