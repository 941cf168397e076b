/**
 * What the requests of all services share: their rules, and the base classes of their
 * builders.
 */
@NullMarked
package io.github.k2connect.request;

import org.jspecify.annotations.NullMarked;
