/** Reads files that people name: whatever is wrong with one is said in a sentence about this file. Knows nothing of what they hold. */
package dev.ft900.ca.file;
