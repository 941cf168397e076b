@NullMarked
package io.github.k2connect.subscription;

import org.jspecify.annotations.NullMarked;
