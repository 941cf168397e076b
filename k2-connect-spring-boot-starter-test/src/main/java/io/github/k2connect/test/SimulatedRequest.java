package io.github.k2connect.test;

/**
 * Call of the simulated API as received, whether accepted or rejected. It has no headers,
 * so that no access token is shown.
 *
 * @param method the HTTP method, such as {@code POST}
 * @param path the path with its version, such as {@code /api/v1/incoming_payments}
 * @param body the body, empty when there was none
 */
public record SimulatedRequest(String method, String path, String body) {

}
