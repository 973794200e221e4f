/**
 * The certificate authority: profiles, the policy that each certificate must pass, issuing. Looks at {@code store}; knows neither
 * boards on serial lines nor HTTP.
 */
package dev.ft900.ca.authority;
