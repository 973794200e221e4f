/** The gateway's settings: their names and rules, and how they are read from flags, environment and file. */
package dev.ft900.gateway.settings;
