/** What the gateway keeps on disk, in the database of the state folder; each behind an interface of the package that needs it. */
package dev.ft900.gateway.store;
