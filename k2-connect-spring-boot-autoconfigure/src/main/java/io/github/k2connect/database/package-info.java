/**
 * What is about databases and about no event: the dialect, the connection pool, the
 * tables and their script.
 */
@NullMarked
package io.github.k2connect.database;

import org.jspecify.annotations.NullMarked;
