/**
 * Firmware images: ELF files for FT32 and raw binaries, what is in them, and whether an FT900 can run them. Every byte of a file is
 * treated as coming from a stranger.
 */
package dev.ft900.board.image;
