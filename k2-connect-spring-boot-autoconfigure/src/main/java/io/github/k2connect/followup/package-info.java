/**
 * Status checks of started requests until the result is final, in case the callback does
 * not come; and the subscriptions of the configuration.
 */
@NullMarked
package io.github.k2connect.followup;

import org.jspecify.annotations.NullMarked;
