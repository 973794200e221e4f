/** The gateway as one thing: settings, wiring, start and stop, the command {@code gateway}. The one package that sees all others. */
package dev.ft900.gateway.app;
