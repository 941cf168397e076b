package io.github.k2connect.sample.console;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Controller for the feed of events.
 */
@Controller
class EventController {

	private final EventFeed feed;

	EventController(EventFeed feed) {
		this.feed = feed;
	}

	@GetMapping("/console/events")
	String showEvents(@RequestParam(defaultValue = "") String kind, @RequestParam(defaultValue = "") String text,
			@RequestParam(required = false) @Nullable Long before, Model model) {
		List<FeedEntry> events = this.feed.find(kind, text, before);
		model.addAttribute("events", events);
		model.addAttribute("kinds", this.feed.kinds());
		model.addAttribute("kind", kind);
		model.addAttribute("text", text);
		return "console/events";
	}

}
