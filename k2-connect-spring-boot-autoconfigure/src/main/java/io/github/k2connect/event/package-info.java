/**
 * Everything that Kopo Kopo can tell an application, one record each, and the decoder
 * that makes them.
 */
@NullMarked
package io.github.k2connect.event;

import org.jspecify.annotations.NullMarked;
