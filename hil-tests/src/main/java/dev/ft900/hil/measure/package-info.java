/**
 * How fast the chain is: REST round trips beside bare MQTT round trips to the same board through the same broker, in one run, samples
 * interleaved. Measures; promises nothing.
 */
package dev.ft900.hil.measure;
