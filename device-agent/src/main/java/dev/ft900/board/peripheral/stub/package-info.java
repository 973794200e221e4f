/**
 * Blocks that are not modelled beyond what keeps initialising firmware alive (sheet 4.7): their registers read back, and the bits that drivers poll
 * behave. Touching them is a finding. None interrupts, but for the converters.
 */
package dev.ft900.board.peripheral.stub;
