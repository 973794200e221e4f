/** A whole chain in one process: gateway, embedded broker, virtual boards, each provisioned over its serial port. */
package dev.ft900.hil.chain;
