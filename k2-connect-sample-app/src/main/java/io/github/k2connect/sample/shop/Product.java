package io.github.k2connect.sample.shop;

import java.math.BigDecimal;

/**
 * A product of the shop.
 *
 * @param id the product's name in URLs
 * @param name the product's name
 * @param origin where it is made
 * @param description a description in one or two sentences
 * @param price the price in Kenyan shillings
 */
record Product(String id, String name, String origin, String description, BigDecimal price) {
}
