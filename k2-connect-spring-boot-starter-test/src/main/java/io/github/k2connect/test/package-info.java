/**
 * A simulator of Kopo Kopo for the tests of applications. It responds, posts signed
 * results and delivers webhooks as Kopo Kopo does.
 */
@NullMarked
package io.github.k2connect.test;

import org.jspecify.annotations.NullMarked;
