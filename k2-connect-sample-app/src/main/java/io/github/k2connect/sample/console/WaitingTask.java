package io.github.k2connect.sample.console;

import java.time.Instant;

/**
 * A task of k2-connect that will run.
 *
 * @param name the name of the task
 * @param instance the key of what it is for
 * @param next when it runs next
 * @param failures how many of its last runs failed
 */
record WaitingTask(String name, String instance, Instant next, int failures) {
}
