/**
 * Events: a record for each kind of message from Kopo Kopo.
 */
@NullMarked
package io.github.k2connect.event;

import org.jspecify.annotations.NullMarked;
