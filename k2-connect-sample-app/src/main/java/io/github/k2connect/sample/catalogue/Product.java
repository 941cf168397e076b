package io.github.k2connect.sample.catalogue;

import java.math.BigDecimal;

/**
 * A thing that the shop sells.
 *
 * @param id the product's name in addresses
 * @param name the product's name
 * @param origin where it is made
 * @param description what there is to say about it, in a sentence or two
 * @param price the price in Kenyan shillings
 */
public record Product(String id, String name, String origin, String description, BigDecimal price) {
}
