/**
 * What Kopo Kopo sends: signatures, decoding, the HTTP endpoint, and the way to the
 * application's listeners.
 */
@NullMarked
package io.github.k2connect.webhook;

import org.jspecify.annotations.NullMarked;
