/** Inputs that nobody would send on purpose, or only somebody who means harm, against a running gateway. */
package dev.ft900.hil.fuzz;
