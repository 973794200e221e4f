/** What those who run a gateway look at: whether it can work, and figures. */
package dev.ft900.gateway.operations;
