package io.github.k2connect.sample.order;

/**
 * An event that says that an order has changed; how, the database knows.
 *
 * @param orderId the order's id
 */
public record OrderChanged(String orderId) {
}
