package io.github.k2connect.reconciliation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.github.k2connect.reconciliation.PollingKopoKopo.Transaction;
import io.github.k2connect.reconciliation.Shop.Instance;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReconciliationTask} with periods whose polls fail. How it divides them
 * does not depend on the database.
 */
@Tag("long")
class FailedPollTests {

	private static final Duration HOUR = Duration.ofHours(1);

	private final PollingKopoKopo kopoKopo = new PollingKopoKopo();

	private final Shop shop = new Shop("h2", this.kopoKopo);

	@AfterEach
	void close() {
		this.shop.close();
	}

	/**
	 * One period that Kopo Kopo cannot answer must not hide all others.
	 */
	@Test
	void checksAroundPeriodThatKopoKopoCannotAnswer() {
		Instant broken = this.shop.now().minus(Duration.ofHours(60));
		this.kopoKopo.add(this.shop.payment("SK1", Duration.ofHours(60)), this.shop.payment("SK2", HOUR));
		this.kopoKopo.faults = (poll) -> poll.from().isAfter(broken) || poll.to().isBefore(broken) ? null
				: this.kopoKopo.result(poll, "Failed");
		Instance instance = this.shop.instance();
		this.shop.pass(Duration.ofHours(3), instance);
		assertThat(this.shop.effects()).containsExactly("payment default SK2");
		assertThat(instance.till().lastCompleteCheck()).isNull();
		this.kopoKopo.add(this.shop.payment("SK3", HOUR));
		this.shop.pass(Duration.ofMinutes(40), instance);
		assertThat(this.shop.effects()).containsExactly("payment default SK2", "payment default SK3");
		this.kopoKopo.faults = (poll) -> null;
		this.shop.pass(Duration.ofMinutes(40), instance);
		assertThat(this.shop.effects()).contains("payment default SK1").hasSize(3);
		assertThat(instance.till().lastCompleteCheck()).isAfter(this.shop.now().minus(Duration.ofMinutes(50)));
	}

	private PollingKopoKopo.@Nullable Response failure(String kind, PollingKopoKopo.StartedPoll poll) {
		return switch (kind) {
			case "failed" -> this.kopoKopo.result(poll, "Failed");
			case "pending" -> PollingKopoKopo.pending(poll);
			case "unreadable" -> new PollingKopoKopo.Response(200, "<html>");
			default -> new PollingKopoKopo.Response(Integer.parseInt(kind), "{}");
		};
	}

	/**
	 * A second that Kopo Kopo never answers hides at most the minutes around it.
	 */
	@ParameterizedTest
	@CsvSource({ "failed, 15, false", "failed, 60, false", "pending, 15, false", "unreadable, 15, false",
			"500, 15, false", "500, 60, false", "404, 15, false", "500, 15, true", "400, 60, true" })
	void findsAllPaymentsBesideSecondThatKopoKopoNeverAnswers(String kind, int interval, boolean start) {
		Instant broken = this.shop.now().minus(Duration.ofHours(60));
		List<String> beside = new ArrayList<>();
		for (int i = 0; i < 70; i++) {
			Duration distance = Duration.ofSeconds(65 + 60 * i);
			this.kopoKopo.add(Transaction.received("112233", "A" + i, broken.minus(distance)),
					Transaction.received("112233", "B" + i, broken.plus(distance)));
			beside.addAll(List.of("payment default A" + i, "payment default B" + i));
		}
		Function<PollingKopoKopo.StartedPoll, PollingKopoKopo.@Nullable Response> faults = (poll) -> poll.covers(broken)
				? failure(kind, poll) : null;
		if (start) {
			this.kopoKopo.startFaults = faults;
		}
		else {
			this.kopoKopo.faults = faults;
		}
		this.shop.interval = Duration.ofMinutes(interval);
		Instance instance = this.shop.instance();
		this.shop.pass(Duration.ofHours(8), instance);
		assertThat(this.shop.effects()).containsExactlyInAnyOrderElementsOf(beside);
		this.kopoKopo.add(this.shop.payment("C", HOUR));
		this.shop.pass(this.shop.interval.multipliedBy(2), instance);
		assertThat(this.shop.effects()).hasSize(141).contains("payment default C");
	}

	@Test
	void hasBoundedStateWhileKopoKopoAnswersNothing() {
		this.kopoKopo.faults = (poll) -> this.kopoKopo.result(poll, "Failed");
		Instance instance = this.shop.instance();
		this.shop.pass(Duration.ofDays(4), instance);
		assertThat(this.shop.jdbc.sql("SELECT LENGTH(task_data) FROM k2_task").query(Long.class).single())
			.isLessThan(60_000);
		this.kopoKopo.add(this.shop.payment("SK1", Duration.ofHours(70)), this.shop.payment("SK2", HOUR));
		this.kopoKopo.faults = (poll) -> null;
		this.shop.pass(HOUR, instance);
		assertThat(this.shop.effects()).containsExactlyInAnyOrder("payment default SK1", "payment default SK2");
		assertThat(instance.till().lastCompleteCheck()).isAfter(this.shop.now().minus(HOUR));
	}

}
