/**
 * RabbitMQ and Mosquitto: the configuration that makes each keep the gateway's promises (a <em>kit</em>), the child process that runs it
 * where nobody else does, and what the gateway does to a running one: hand it revocation lists, end sessions, answer its questions.
 *
 * <p>Why each is done the way it is stands in {@code docs/adr/0010-outside-brokers.md}.
 */
package dev.ft900.gateway.broker.outside;
