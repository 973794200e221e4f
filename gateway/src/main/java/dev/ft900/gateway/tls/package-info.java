/** Keys, certificates and TLS contexts of this process's servers and clients. */
package dev.ft900.gateway.tls;
