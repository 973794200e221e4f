/**
 * MQTT 3.1.1 over mutual TLS for boards, on Netty: few threads for any number of boards, each board on one of them. Implements
 * {@link dev.ft900.agent.board.BoardNetwork}; knows packets, not commands.
 */
package dev.ft900.agent.mqtt;
