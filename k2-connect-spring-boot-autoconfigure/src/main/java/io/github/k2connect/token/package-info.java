/**
 * Access tokens: the OAuth calls, the cache, and the interceptor that adds the token to
 * requests.
 */
@NullMarked
package io.github.k2connect.token;

import org.jspecify.annotations.NullMarked;
