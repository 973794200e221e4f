/**
 * The names by which boards, gateways, boots and commands are known. Looks at no other package.
 *
 * <p>Every name is checked where it is made, so code that holds one never checks again. All types are immutable.
 */
package dev.ft900.protocol.name;
