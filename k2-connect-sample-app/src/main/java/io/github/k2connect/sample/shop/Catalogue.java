package io.github.k2connect.sample.shop;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

import org.springframework.stereotype.Component;

/**
 * The products of the shop.
 */
@Component
class Catalogue {

	private final List<Product> products = List.of(
			product("kahawa", "Nyeri AA coffee", "Nyeri · 250 g", 850,
					"Washed on Mount Kenya, roasted on Thursdays. Blackcurrant, brown sugar, a clean finish."),
			product("kikoi", "Striped kikoi", "Lamu", 1450,
					"A cotton wrap from the hand looms of the coast. Beach, sofa, baby, scarf: it does not mind."),
			product("kiondo", "Sisal kiondo", "Machakos", 2600,
					"Twined by hand over two weeks, with leather straps that take a full market day."),
			product("chai", "Kericho black tea", "Kericho · 100 g", 320,
					"Two leaves and a bud. Strong enough for milk, good enough without."),
			product("bakuli", "Soapstone bowl", "Kisii", 1900,
					"Carved from one piece of Tabaka stone, polished with wax, etched with a fine line."),
			product("asali", "Acacia honey", "Baringo · 500 g", 700,
					"Raw, from log hives in the dry country around the lake. It sets: that is how you know."));

	/**
	 * Return all products, in the order in which the shop shows them.
	 * @return the products
	 */
	List<Product> findAll() {
		return this.products;
	}

	/**
	 * Find a product.
	 * @param id the product's id
	 * @return the product, or empty if the shop does not sell it
	 */
	Optional<Product> find(String id) {
		return this.products.stream().filter((product) -> product.id().equals(id)).findFirst();
	}

	private static Product product(String id, String name, String origin, long price, String description) {
		return new Product(id, name, origin, description, BigDecimal.valueOf(price));
	}

}
