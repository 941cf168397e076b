package io.github.k2connect.sample.console;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Controller for the payments to the tills, and the orders that they pay.
 */
@Controller
@RequestMapping("/console/payments")
class PaymentController {

	private final Ledger ledger;

	PaymentController(Ledger ledger) {
		this.ledger = ledger;
	}

	@GetMapping
	String showPayments(@RequestParam(defaultValue = "") String code, Model model) {
		model.addAttribute("payments", this.ledger.findPayments(code));
		model.addAttribute("orders", this.ledger.findOpenOrders());
		model.addAttribute("code", code);
		return "console/payments";
	}

	@PostMapping("/{reference}")
	String match(@PathVariable String reference, @RequestParam String order, RedirectAttributes attributes) {
		attributes.addAttribute("matched", this.ledger.match(reference, order.strip()));
		return "redirect:/console/payments";
	}

}
