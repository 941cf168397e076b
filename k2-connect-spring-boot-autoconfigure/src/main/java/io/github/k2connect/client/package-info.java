/**
 * One HTTP call to Kopo Kopo: addresses, JSON, errors and retries.
 */
@NullMarked
package io.github.k2connect.client;

import org.jspecify.annotations.NullMarked;
