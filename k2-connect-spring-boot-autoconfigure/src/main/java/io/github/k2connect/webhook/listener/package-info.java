/**
 * Calls of the application's listeners, which are waited for also if they are
 * asynchronous.
 */
@NullMarked
package io.github.k2connect.webhook.listener;

import org.jspecify.annotations.NullMarked;
