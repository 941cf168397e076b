package io.github.k2connect.client;

/**
 * Client of one Kopo Kopo account. {@link K2ClientFactory} creates it, and the services
 * make their calls with it. It can be shared, and is thread-safe.
 */
public sealed interface K2Client permits ApiClient {

}
