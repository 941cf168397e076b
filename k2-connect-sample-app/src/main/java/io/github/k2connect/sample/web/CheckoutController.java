package io.github.k2connect.sample.web;

import java.util.UUID;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.sample.catalogue.Catalogue;
import io.github.k2connect.sample.catalogue.Product;
import io.github.k2connect.sample.order.PushLimitExceededException;
import io.github.k2connect.sample.payment.Checkout;
import io.github.k2connect.sample.simulator.SimulatedPhones;

import org.springframework.beans.factory.ObjectProvider;
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

/**
 * Controller for a product and its orders. The form is posted to a different URL, so that
 * a browser that goes back shows the same form with the same token, which cannot be used
 * twice.
 */
@Controller
@RequestMapping("/products/{productId}")
class CheckoutController {

	private final Catalogue catalogue;

	private final Checkout checkout;

	private final ObjectProvider<SimulatedPhones> simulatedPhones;

	CheckoutController(Catalogue catalogue, Checkout checkout, ObjectProvider<SimulatedPhones> simulatedPhones) {
		this.catalogue = catalogue;
		this.checkout = checkout;
		this.simulatedPhones = simulatedPhones;
	}

	@ModelAttribute
	Product product(@PathVariable String productId) {
		return this.catalogue.find(productId).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
	}

	@ModelAttribute
	void addSimulatedPhones(Model model) {
		this.simulatedPhones.ifAvailable(model::addAttribute);
	}

	@GetMapping
	String showForm(Model model) {
		model.addAttribute("checkoutToken", UUID.randomUUID());
		return "product";
	}

	@GetMapping("/orders")
	String returnToForm() {
		return "redirect:/products/{productId}";
	}

	@PostMapping("/orders")
	ModelAndView placeOrder(@ModelAttribute(binding = false) Product product, @RequestParam String phoneNumber,
			@RequestParam UUID checkoutToken) {
		try {
			String orderId = this.checkout.placeOrder(product, phoneNumber, checkoutToken.toString());
			return new ModelAndView("redirect:/orders/" + orderId);
		}
		catch (InvalidK2RequestException ex) {
			if (ex.violations().stream().noneMatch((violation) -> violation.property().equals("phoneNumber"))) {
				throw ex;
			}
			return formAgain(HttpStatus.UNPROCESSABLE_CONTENT, phoneNumber, checkoutToken)
				.addObject("phoneNumberInvalid", true);
		}
		catch (PushLimitExceededException ex) {
			return formAgain(HttpStatus.TOO_MANY_REQUESTS, phoneNumber, checkoutToken).addObject("pushLimit",
					ex.limit());
		}
	}

	private static ModelAndView formAgain(HttpStatus status, String phoneNumber, UUID checkoutToken) {
		return new ModelAndView("product", status).addObject("phoneNumber", phoneNumber)
			.addObject("checkoutToken", checkoutToken);
	}

}
