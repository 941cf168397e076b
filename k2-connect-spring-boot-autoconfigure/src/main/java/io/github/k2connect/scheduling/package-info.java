/**
 * The scheduler: its table, its life and threads, and the tasks that it executes.
 */
@NullMarked
package io.github.k2connect.scheduling;

import org.jspecify.annotations.NullMarked;
