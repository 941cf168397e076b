/**
 * Reading and writing JSON. Internal: it may change in any release.
 */
@NullMarked
package io.github.k2connect.json;

import org.jspecify.annotations.NullMarked;
