/**
 * The flash of a board: erasing, programming, losing power in between. Knows nothing of what is stored in it.
 */
package dev.ft900.agent.flash;
