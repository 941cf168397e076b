/**
 * What was started is asked for until its result is final, for results whose callback
 * does not come.
 */
@NullMarked
package io.github.k2connect.followup;

import org.jspecify.annotations.NullMarked;
