/**
 * The inbox.
 */
@NullMarked
package io.github.k2connect.benchmark.inbox;

import org.jspecify.annotations.NullMarked;
