/**
 * Events: a record for each kind of message from Kopo Kopo, and for what k2-connect
 * detects itself.
 */
@NullMarked
package io.github.k2connect.event;

import org.jspecify.annotations.NullMarked;
