package io.github.k2connect.autoconfigure.actuate;

import org.jspecify.annotations.Nullable;

/**
 * How the application uses k2-connect.
 *
 * @param version the version of k2-connect, or {@code null} if it is not in a jar
 * @param mode the delivery mode, or {@code null} without webhook endpoint
 * @param store the event store, or {@code null} without webhook endpoint
 */
record K2Setup(@Nullable String version, @Nullable String mode, @Nullable String store) {

}
