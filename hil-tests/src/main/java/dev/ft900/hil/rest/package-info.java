/** A client for the REST API, for benches and measurements. */
package dev.ft900.hil.rest;
