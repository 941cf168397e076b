package io.github.k2connect.webhook.endpoint;

import java.util.function.Supplier;

/**
 * The path of the webhook endpoint in URLs, with the path of the application and of its
 * servlet.
 *
 * @param value supplies the path of the default account
 */
record EndpointPath(Supplier<String> value) {

}
