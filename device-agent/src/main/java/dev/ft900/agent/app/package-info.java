/** Virtual boards as a user meets them: a folder with a flash file, a port, a switch. Wires {@code board}, {@code mqtt}, {@code serial}. */
package dev.ft900.agent.app;
