/** Who may call the REST API: tokens, kept as hashes, and what each may do. */
package dev.ft900.gateway.access;
