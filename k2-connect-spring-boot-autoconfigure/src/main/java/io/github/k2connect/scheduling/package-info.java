@NullMarked
package io.github.k2connect.scheduling;

import org.jspecify.annotations.NullMarked;
