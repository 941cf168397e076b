/**
 * The simulator of Kopo Kopo that lets the shop run without credentials.
 */
@NullMarked
package io.github.k2connect.sample.simulator;

import org.jspecify.annotations.NullMarked;
