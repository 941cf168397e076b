package io.github.k2connect.sample.web;

import io.github.k2connect.sample.catalogue.Catalogue;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * Shows what the shop sells.
 */
@Controller
class CatalogueController {

	private final Catalogue catalogue;

	CatalogueController(Catalogue catalogue) {
		this.catalogue = catalogue;
	}

	@GetMapping("/")
	String showCatalogue(Model model) {
		model.addAttribute("products", this.catalogue.findAll());
		return "catalogue";
	}

}
