/**
 * An application that receives webhooks, and what sends them.
 */
@NullMarked
package io.github.k2connect.benchmark.load;

import org.jspecify.annotations.NullMarked;
