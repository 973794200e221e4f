/**
 * What happens to boards, as it happens: a bounded memory of the last events, and those who want to hear of the next. Plain Java.
 */
package dev.ft900.gateway.event;
