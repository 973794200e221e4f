/** What our own log may say how often. */
package dev.ft900.gateway.log;
