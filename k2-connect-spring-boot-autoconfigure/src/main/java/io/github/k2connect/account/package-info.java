/**
 * Several Kopo Kopo accounts in one application: their settings, and the services of
 * each.
 */
@NullMarked
package io.github.k2connect.account;

import org.jspecify.annotations.NullMarked;
