/** The authority and its store as one encrypted file, and back. Looks at {@code authority} and {@code store}. */
package dev.ft900.ca.backup;
