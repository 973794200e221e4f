/**
 * Thousands of protocol-level boards in one process on few threads, for load and for storms. Each has its identity from the start;
 * none has a serial line.
 */
package dev.ft900.agent.fleet;
