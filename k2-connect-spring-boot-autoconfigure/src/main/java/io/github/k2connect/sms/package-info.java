/**
 * Text messages to customers about their transactions.
 */
@NullMarked
package io.github.k2connect.sms;

import org.jspecify.annotations.NullMarked;
