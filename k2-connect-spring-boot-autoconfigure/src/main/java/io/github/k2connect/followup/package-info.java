/**
 * Status checks of started requests until the result is final, in case the callback does
 * not come.
 */
@NullMarked
package io.github.k2connect.followup;

import org.jspecify.annotations.NullMarked;
