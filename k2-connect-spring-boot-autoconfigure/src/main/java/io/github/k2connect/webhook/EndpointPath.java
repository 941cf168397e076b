package io.github.k2connect.webhook;

import java.util.function.Supplier;

import org.apiguardian.api.API;

/**
 * The path of the webhook endpoint in URLs, with the path of the application and of its
 * servlet.
 *
 * @param value supplies the path of the default account
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public record EndpointPath(Supplier<String> value) {

}
