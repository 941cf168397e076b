package io.github.k2connect.sample.payment;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

import io.github.k2connect.K2Exception;
import io.github.k2connect.Scope;
import io.github.k2connect.polling.PollingRequest;
import io.github.k2connect.polling.PollingService;
import io.github.k2connect.sample.order.Orders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Service that polls the transactions of the till. A poll finds the payment of a push
 * whose outcome is unknown, and a payment whose webhook was lost. The result comes to
 * {@link PaymentListener}.
 */
@Component
class TillPolls {

	private static final Logger logger = LoggerFactory.getLogger(TillPolls.class);

	/**
	 * The age at which an order is no longer polled for.
	 */
	private static final Duration PATIENCE = Duration.ofHours(1);

	private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

	private static final ZoneId NAIROBI = ZoneId.of("Africa/Nairobi");

	private final PollingService pollingService;

	private final Orders orders;

	private final ShopProperties properties;

	private final InstantSource instantSource;

	private final AtomicReference<Instant> lastRequest = new AtomicReference<>(Instant.MIN);

	TillPolls(PollingService pollingService, Orders orders, ShopProperties properties, InstantSource instantSource) {
		this.pollingService = pollingService;
		this.orders = orders;
		this.properties = properties;
		this.instantSource = instantSource;
	}

	/**
	 * Poll the transactions since an order was placed, unless the last poll was less than
	 * {@code shop.poll.min-interval} ago.
	 * @param since when the order was placed
	 * @throws K2Exception if the call fails
	 */
	void request(Instant since) {
		Instant now = this.instantSource.instant();
		Instant last = this.lastRequest.get();
		if (last.isAfter(now.minus(this.properties.poll().minInterval()))
				|| !this.lastRequest.compareAndSet(last, now)) {
			return;
		}
		this.pollingService.pollTransactions(PollingRequest.builder()
			.scope(Scope.TILL)
			.scopeReference(this.properties.tillNumber())
			.fromTime(since.minus(CLOCK_SKEW).atZone(NAIROBI).toOffsetDateTime())
			.toTime(now.plus(CLOCK_SKEW).atZone(NAIROBI).toOffsetDateTime())
			.build());
	}

	/**
	 * Look for the payments of orders whose push has an unknown outcome.
	 */
	@Scheduled(initialDelayString = "${shop.poll.interval:1m}", fixedDelayString = "${shop.poll.interval:1m}")
	void findUnconfirmedPayments() {
		try {
			this.orders.findOldestUnconfirmed(this.instantSource.instant().minus(PATIENCE)).ifPresent(this::request);
		}
		catch (K2Exception ex) {
			logger.warn("Failed to poll the transactions of the till", ex);
		}
	}

}
