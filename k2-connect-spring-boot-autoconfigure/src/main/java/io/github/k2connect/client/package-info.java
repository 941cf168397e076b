/**
 * HTTP calls to Kopo Kopo: URLs, errors and retries.
 */
@NullMarked
package io.github.k2connect.client;

import org.jspecify.annotations.NullMarked;
