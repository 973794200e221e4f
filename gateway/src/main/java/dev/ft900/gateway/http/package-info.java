/**
 * The REST API: resources, the form of errors, who may call. A resource holds no logic: it reads the request, asks {@code device} or
 * {@code enrol}, and writes the answer. {@code openapi.json} beside these classes is its contract.
 */
package dev.ft900.gateway.http;
