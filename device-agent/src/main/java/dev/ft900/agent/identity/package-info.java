/**
 * Who a board is, kept in flash so that power may go at any moment: UID and random state, the key being made, two slots. Looks at
 * {@code flash} and the protocol.
 *
 * <pre>
 *   0x35000  key workshop   1 sector    a key made and not yet in a slot
 *   0x36000  slot A         2 sectors   header, cells, key, record
 *   0x38000  slot B         2 sectors
 *   0x3A000  identity log   2 sectors   UID and random state, newest valid entry counts
 *   0x3C000  the vendor's partitions and boot loader (hardware sheet 4.8, 3.1)
 * </pre>
 */
package dev.ft900.agent.identity;
