/**
 * The platform with many merchants that the documentation of accounts shows.
 */
@NullMarked
package io.github.k2connect.platform;

import org.jspecify.annotations.NullMarked;
