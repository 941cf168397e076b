package io.github.k2connect.sample.web;

import io.github.k2connect.K2Exception;
import io.github.k2connect.sample.catalogue.Catalogue;
import io.github.k2connect.sample.order.Order;
import io.github.k2connect.sample.order.Orders;
import io.github.k2connect.sample.payment.CodeOutcome;
import io.github.k2connect.sample.payment.Payments;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Controller that shows the state of an order, and streams its changes.
 */
@Controller
@RequestMapping("/orders/{orderId}")
class OrderController {

	private static final Logger logger = LoggerFactory.getLogger(OrderController.class);

	private final Orders orders;

	private final Catalogue catalogue;

	private final Payments payments;

	private final OrderStreams streams;

	OrderController(Orders orders, Catalogue catalogue, Payments payments, OrderStreams streams) {
		this.orders = orders;
		this.catalogue = catalogue;
		this.payments = payments;
		this.streams = streams;
	}

	@ModelAttribute
	Order order(@PathVariable String orderId) {
		return this.orders.find(orderId).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
	}

	@GetMapping
	String showOrder(@ModelAttribute(binding = false) Order order, @RequestParam @Nullable String check, Model model) {
		model.addAttribute(this.catalogue.find(order.productId()).orElseThrow());
		model.addAttribute("check", check);
		return "order";
	}

	@GetMapping("/check")
	String returnToOrder() {
		return "redirect:/orders/{orderId}";
	}

	@PostMapping("/check")
	String check(@ModelAttribute(binding = false) Order order) {
		try {
			this.payments.check(order);
			return "redirect:/orders/{orderId}?check=done";
		}
		catch (K2Exception ex) {
			logger.warn("Failed to check the payment of order {}", order.id(), ex);
			return "redirect:/orders/{orderId}?check=failed";
		}
	}

	@GetMapping("/code")
	String showCodeForm(@ModelAttribute(binding = false) Order order, Model model) {
		model.addAttribute("tillNumber", this.payments.tillNumber());
		return order.state().isPayableByCode() ? "code" : "redirect:/orders/{orderId}";
	}

	@PostMapping("/code")
	ModelAndView enterCode(@ModelAttribute(binding = false) Order order, @RequestParam String code) {
		CodeOutcome outcome = this.payments.enterCode(order, code);
		if (outcome == CodeOutcome.PAID) {
			return new ModelAndView("redirect:/orders/{orderId}");
		}
		return new ModelAndView("code", HttpStatus.UNPROCESSABLE_CONTENT).addObject("outcome", outcome)
			.addObject("code", code)
			.addObject("tillNumber", this.payments.tillNumber());
	}

	@GetMapping("/events")
	SseEmitter streamEvents(@ModelAttribute(binding = false) Order order) {
		return this.streams.open(order.id());
	}

}
