/** The machine of GNU's simulator {@code sim/ft32}: an FT32 core with a console and an exit register, and no interrupts. */
package dev.ft900.board.gnusim;
