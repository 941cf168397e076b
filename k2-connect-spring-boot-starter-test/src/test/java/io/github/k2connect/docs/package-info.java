/**
 * The code that the README shows, compiled and run.
 */
@NullMarked
package io.github.k2connect.docs;

import org.jspecify.annotations.NullMarked;
