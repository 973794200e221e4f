/** {@code ./ft900 device}: boards by hand and from scripts, over the REST API of a gateway, here or elsewhere. */
package dev.ft900.hil.cli.device;
