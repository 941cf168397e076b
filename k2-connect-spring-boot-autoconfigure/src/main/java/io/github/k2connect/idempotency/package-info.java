/**
 * Idempotency keys: a request is stored before it is sent, and sent once for its key.
 */
@NullMarked
package io.github.k2connect.idempotency;

import org.jspecify.annotations.NullMarked;
