/**
 * Kopo Kopo's OAuth calls, the cached token, and the interceptor that attaches it.
 */
@NullMarked
package io.github.k2connect.token;

import org.jspecify.annotations.NullMarked;
