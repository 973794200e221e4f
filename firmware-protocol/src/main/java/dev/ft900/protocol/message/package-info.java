/**
 * What gateways and boards say to one another, as values: commands and replies, presence, events. How they look on the
 * wire is the business of {@code dialect}. Looks at {@code name} and {@code pad}. All types are immutable.
 */
package dev.ft900.protocol.message;
