package io.github.k2connect.sample.order;

/**
 * Event that is published when an order has changed. The database has the new state.
 *
 * @param orderId the order's id
 */
public record OrderChanged(String orderId) {
}
