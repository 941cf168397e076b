/**
 * Several instances on one database.
 */
@NullMarked
package io.github.k2connect.benchmark.instances;

import org.jspecify.annotations.NullMarked;
