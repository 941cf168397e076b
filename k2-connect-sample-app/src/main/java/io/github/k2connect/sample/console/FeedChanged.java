package io.github.k2connect.sample.console;

/**
 * Event that is published when the feed has a new event.
 */
record FeedChanged() {
}
