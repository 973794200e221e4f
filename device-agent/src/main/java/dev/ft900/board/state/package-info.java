/**
 * Saving and restoring a machine. Each part writes its values in a fixed order and reads them back in the same order; a part's bytes
 * carry its name and length, so that a snapshot of another machine is refused instead of misread.
 */
package dev.ft900.board.state;
