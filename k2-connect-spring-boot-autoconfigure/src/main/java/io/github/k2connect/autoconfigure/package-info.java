/**
 * The wiring of k2-connect into a Spring Boot application.
 */
@NullMarked
package io.github.k2connect.autoconfigure;

import org.jspecify.annotations.NullMarked;
