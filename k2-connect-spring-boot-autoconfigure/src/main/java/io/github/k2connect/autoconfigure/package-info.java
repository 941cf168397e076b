/**
 * Auto-configuration of k2-connect for Spring Boot.
 */
@NullMarked
package io.github.k2connect.autoconfigure;

import org.jspecify.annotations.NullMarked;
