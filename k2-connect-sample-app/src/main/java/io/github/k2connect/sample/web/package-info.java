/**
 * The shop's pages.
 */
@NullMarked
package io.github.k2connect.sample.web;

import org.jspecify.annotations.NullMarked;
