package io.github.k2connect.sample.console;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2ApiException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.K2Location;
import io.github.k2connect.Violation;
import io.github.k2connect.account.K2Account;
import io.github.k2connect.account.K2Accounts;
import org.jspecify.annotations.Nullable;

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
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Controller for the calls of all services: a form for each, and its result.
 */
@Controller
@RequestMapping("/console/calls")
class CallController {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final K2Accounts accounts;

	CallController(K2Accounts accounts) {
		this.accounts = accounts;
	}

	@ModelAttribute("accounts")
	List<String> accounts() {
		return this.accounts.configuredNames().stream().sorted().toList();
	}

	@GetMapping
	String showCalls(Model model) {
		model.addAttribute("services",
				Calls.all()
					.stream()
					.collect(Collectors.groupingBy(Call::service, LinkedHashMap::new, Collectors.toList())));
		return "console/calls";
	}

	/**
	 * Show the form of a call with its example.
	 * @param id the id of the call
	 * @param parameters values that replace those of the example
	 * @return the page
	 */
	@GetMapping("/{id}")
	ModelAndView showForm(@PathVariable String id, @RequestParam Map<String, String> parameters) {
		Call call = find(id);
		Map<String, String> values = new LinkedHashMap<>();
		call.fields()
			.forEach((field) -> values.put(field.name(), parameters.getOrDefault(field.name(), field.example())));
		return form(call, values);
	}

	@PostMapping("/{id}")
	ModelAndView call(@PathVariable String id, @RequestParam Map<String, String> parameters) {
		Call call = find(id);
		K2Account account = account(parameters.get("account"));
		Map<String, String> values = new LinkedHashMap<>();
		call.fields().forEach((field) -> values.put(field.name(), parameters.getOrDefault(field.name(), "")));
		ModelAndView form = form(call, values);
		try {
			Object result = call.action().apply(account, values);
			return (result instanceof K2Location location) ? redirect(call, account, location)
					: form.addObject("details", Detail.of(result));
		}
		catch (InvalidK2RequestException ex) {
			form.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
			return form.addObject("violations",
					ex.violations()
						.stream()
						.collect(Collectors.groupingBy(Violation::property, LinkedHashMap::new, Collectors.toList())));
		}
		catch (K2Exception ex) {
			return failed(form, HttpStatus.BAD_GATEWAY, ex);
		}
	}

	@GetMapping("/{id}/result")
	ModelAndView showResult(@PathVariable String id, @RequestParam String location,
			@RequestParam(required = false) @Nullable String account,
			@RequestParam(required = false) @Nullable String check) {
		Call call = find(id);
		ModelAndView page = new ModelAndView("console/result", Map.of("call", call, "location", location));
		try {
			Object result = check(call, account(account), location, check);
			return (result != null) ? page.addObject("details", Detail.of(result)) : page;
		}
		catch (K2Exception ex) {
			return failed(page, (ex instanceof InvalidK2RequestException) ? HttpStatus.UNPROCESSABLE_CONTENT
					: HttpStatus.BAD_GATEWAY, ex);
		}
	}

	private static @Nullable Object check(Call call, K2Account account, String location, @Nullable String check) {
		if ("status".equals(check) && call.status() != null) {
			return call.status().apply(account, location);
		}
		if ("await".equals(check) && call.await() != null) {
			return call.await().result(account, location, TIMEOUT);
		}
		return null;
	}

	private static ModelAndView failed(ModelAndView page, HttpStatus status, K2Exception ex) {
		page.setStatus(status);
		return page.addObject("failure", ex)
			.addObject("explanation", (ex instanceof K2ApiException error) ? error.errorMessage() : null);
	}

	private K2Account account(@Nullable String name) {
		return (name != null) ? this.accounts.get(name) : this.accounts.defaultAccount();
	}

	private static ModelAndView form(Call call, Map<String, String> values) {
		return new ModelAndView("console/call", Map.of("call", call, "values", values));
	}

	private static ModelAndView redirect(Call call, K2Account account, K2Location location) {
		return new ModelAndView("redirect:" + UriComponentsBuilder.fromPath("/console/calls/{id}/result")
			.queryParam("account", "{account}")
			.queryParam("location", "{location}")
			.encode()
			.buildAndExpand(call.id(), account.name(), location.uri())
			.toUriString());
	}

	private static Call find(String id) {
		return Calls.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
	}

}
