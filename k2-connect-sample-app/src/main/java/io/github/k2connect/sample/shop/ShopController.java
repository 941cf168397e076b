package io.github.k2connect.sample.shop;

import java.util.UUID;

import io.github.k2connect.InvalidK2RequestException;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;

/**
 * Controller for the catalogue, the products and the orders.
 */
@Controller
class ShopController {

	private final Catalogue catalogue;

	private final Checkout checkout;

	private final Orders orders;

	ShopController(Catalogue catalogue, Checkout checkout, Orders orders) {
		this.catalogue = catalogue;
		this.checkout = checkout;
		this.orders = orders;
	}

	@GetMapping("/")
	String showCatalogue(Model model) {
		model.addAttribute("products", this.catalogue.findAll());
		return "catalogue";
	}

	/**
	 * Show a product and its form, which has the id of the order. A form that is sent
	 * twice is one order, also when the customer goes back to it: the browser keeps it.
	 */
	@GetMapping("/products/{productId}")
	String showProduct(@PathVariable String productId, Model model, HttpServletResponse response) {
		response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noCache().cachePrivate().getHeaderValue());
		model.addAttribute("product", product(productId));
		model.addAttribute("orderId", UUID.randomUUID());
		return "product";
	}

	@PostMapping("/products/{productId}/orders")
	ModelAndView placeOrder(@PathVariable String productId, @RequestParam String phoneNumber,
			@RequestParam UUID orderId) {
		Product product = product(productId);
		try {
			this.checkout.placeOrder(orderId.toString(), product, phoneNumber);
			return new ModelAndView("redirect:/orders/" + orderId);
		}
		catch (InvalidK2RequestException ex) {
			if (ex.violations().stream().noneMatch((violation) -> violation.property().equals("phoneNumber"))) {
				throw ex;
			}
			return new ModelAndView("product", HttpStatus.UNPROCESSABLE_CONTENT).addObject("product", product)
				.addObject("orderId", orderId)
				.addObject("invalidPhoneNumber", phoneNumber);
		}
	}

	@GetMapping("/products/{productId}/orders")
	String returnToProduct() {
		return "redirect:/products/{productId}";
	}

	@GetMapping("/orders/{orderId}")
	String showOrder(@PathVariable String orderId, Model model) {
		Order order = order(orderId);
		model.addAttribute("order", order);
		model.addAttribute("product", product(order.productId()));
		return "order";
	}

	@GetMapping("/orders/{orderId}/code")
	String showCodeForm(@PathVariable String orderId, Model model) {
		model.addAttribute("order", order(orderId));
		return "code";
	}

	/**
	 * Pay an order with the code of the M-PESA message, if its phone was never asked.
	 */
	@PostMapping("/orders/{orderId}/code")
	ModelAndView enterCode(@PathVariable String orderId, @RequestParam String code) {
		Order order = order(orderId);
		if (order.state() == Order.State.PAID || this.orders.markPaidByCode(orderId, code)) {
			return new ModelAndView("redirect:/orders/{orderId}");
		}
		return new ModelAndView("code", HttpStatus.UNPROCESSABLE_CONTENT).addObject("order", order)
			.addObject("unknownCode", code);
	}

	private Order order(String id) {
		return this.orders.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
	}

	private Product product(String id) {
		return this.catalogue.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
	}

}
