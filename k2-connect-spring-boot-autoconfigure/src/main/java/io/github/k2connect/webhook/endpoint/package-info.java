/**
 * The HTTP endpoint, on the servlet and the reactive stack: from the bytes of a request
 * to a verified message, and to the response.
 */
@NullMarked
package io.github.k2connect.webhook.endpoint;

import org.jspecify.annotations.NullMarked;
