/**
 * A console that shows events and what waits, and makes calls. It joins any application
 * with k2-connect and Thymeleaf: the shop does not know it.
 */
@NullMarked
package io.github.k2connect.sample.console;

import org.jspecify.annotations.NullMarked;
