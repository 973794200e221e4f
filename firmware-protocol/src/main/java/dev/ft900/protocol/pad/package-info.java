/**
 * The pads of an FT900 as both ends talk about them: single pads, sets of pads, direction, pull and level. Looks at no
 * other package. All types are immutable.
 */
package dev.ft900.protocol.pad;
