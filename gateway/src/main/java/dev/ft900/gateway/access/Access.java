package dev.ft900.gateway.access;

/**
 * All that decides who may do what.
 *
 * @param clients who is known by a certificate
 */
public record Access(
        TokenStore tokens,
        CertificateRoles certificates,
        ClientCertificates clients,
        DeviceGroups groups,
        RateLimits limits) {}
