/**
 * What must survive: certificates, revocations and registered boards in one database, keys and settings in files, all in one state
 * folder that several processes share. Knows nothing of how certificates are made.
 */
package dev.ft900.ca.store;
