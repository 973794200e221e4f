/**
 * The broker that runs inside the gateway's process, behind a small interface: mutual TLS, a certificate's common name decides what a
 * client may say and hear. Which program it is, and why, stands in {@code docs/adr/0002-embedded-broker.md}.
 */
package dev.ft900.gateway.broker;
