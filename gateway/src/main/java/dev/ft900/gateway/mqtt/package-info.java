/**
 * The gateway's own connection to a broker, by Eclipse Paho: messages out, messages in, and whether there is a connection. Knows topics
 * and bytes, not commands.
 */
package dev.ft900.gateway.mqtt;
