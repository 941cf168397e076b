package io.github.k2connect.sample.web;

import java.util.List;

import io.github.k2connect.sample.order.Order;
import io.github.k2connect.sample.order.Orders;
import io.github.k2connect.sample.payment.Payments;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Shows the staff the payments that wait for an order, and matches them.
 */
@Controller
@RequestMapping("/staff/receipts")
class StaffController {

	private final Payments payments;

	private final Orders orders;

	StaffController(Payments payments, Orders orders) {
		this.payments = payments;
		this.orders = orders;
	}

	@GetMapping
	String showWaiting(Model model) {
		model.addAttribute("receipts", this.payments.findWaiting());
		return "receipts";
	}

	@PostMapping("/{reference}")
	String match(@PathVariable String reference, @RequestParam String order, RedirectAttributes attributes) {
		List<Order> found = this.orders.findByBeginning(order.strip());
		boolean matched = found.size() == 1 && this.payments.match(reference, found.get(0));
		attributes.addAttribute("matched", matched);
		return "redirect:/staff/receipts";
	}

}
