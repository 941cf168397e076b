@NullMarked
package io.github.k2connect.webhook.listener;

import org.jspecify.annotations.NullMarked;
