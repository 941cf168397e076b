/**
 * What operators see of k2-connect: health, the endpoint of Spring Boot's Actuator, and
 * meters.
 */
@NullMarked
package io.github.k2connect.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
