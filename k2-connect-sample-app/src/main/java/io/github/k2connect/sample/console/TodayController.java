package io.github.k2connect.sample.console;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * Controller for the money of the day in Nairobi.
 */
@Controller
class TodayController {

	private static final ZoneId NAIROBI = ZoneId.of("Africa/Nairobi");

	private static final int HOURS = 24;

	private final Ledger ledger;

	TodayController(Ledger ledger) {
		this.ledger = ledger;
	}

	@GetMapping("/console")
	String showToday(Model model) {
		ZonedDateTime start = LocalDate.now(NAIROBI).atStartOfDay(NAIROBI);
		List<Ledger.Turnover> hours = IntStream.range(0, HOURS)
			.mapToObj((hour) -> turnover(start.plusHours(hour).toInstant(), start.plusHours(hour + 1).toInstant()))
			.toList();
		BigDecimal max = hours.stream()
			.flatMap((hour) -> Stream.of(hour.in(), hour.out()))
			.reduce(BigDecimal.ONE, BigDecimal::max);
		model.addAttribute("total", turnover(start.toInstant(), start.plusDays(1).toInstant()));
		model.addAttribute("bars",
				IntStream.range(0, HOURS).mapToObj((hour) -> Bar.of(hour, hours.get(hour), max)).toList());
		return "console/today";
	}

	private Ledger.Turnover turnover(Instant from, Instant to) {
		return this.ledger.turnover(from, to);
	}

}
