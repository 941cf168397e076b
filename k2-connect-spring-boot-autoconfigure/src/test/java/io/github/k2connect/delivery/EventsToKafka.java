package io.github.k2connect.delivery;

import java.time.Duration;
import java.util.Map;

import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.K2ResultEvent;
import io.github.k2connect.event.K2WebhookEvent;
import io.github.k2connect.event.TillTransactionDetails;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.modulith.events.EventExternalizationConfiguration;
import org.springframework.modulith.events.IncompleteEventPublications;
import org.springframework.modulith.events.RoutingTarget;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * The recipe of the documentation.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class EventsToKafka {

	static final String TOPIC = "k2-events";

	static final String NAME = "k2-event";

	@Bean
	EventExternalizationConfiguration eventsToKafka() {
		return EventExternalizationConfiguration.externalizing()
			.select((event) -> event instanceof K2Event && !isPending(event))
			.headers(K2Event.class, (event) -> Map.of(NAME, name(event)))
			.route(K2Event.class, (event) -> RoutingTarget.forTarget(TOPIC).andKey(key(event)))
			.build();
	}

	@Bean
	Resubmission resubmission(IncompleteEventPublications publications,
			@Value("${events.resubmit-after:1m}") Duration age) {
		return new Resubmission(publications, age);
	}

	private static boolean isPending(Object event) {
		return event instanceof K2ResultEvent result && result.isPending();
	}

	/**
	 * The same for each copy of an event, and for no other event.
	 */
	private static String name(K2Event event) {
		if (event instanceof K2WebhookEvent webhook) {
			return String.join(" ", event.account(), webhook.topic(), event.id());
		}
		if (event instanceof K2ResultEvent result) {
			return String.join(" ", event.account(), result.type(), event.id(), result.status());
		}
		return String.join(" ", event.account(), event.getClass().getSimpleName(), event.id());
	}

	/**
	 * Events with the same key stay in their order.
	 */
	private static String key(K2Event event) {
		return (event instanceof TillTransactionDetails payment && payment.tillNumber() != null) ? payment.tillNumber()
				: event.account();
	}

	/**
	 * Sends what an instance that crashed has left.
	 */
	record Resubmission(IncompleteEventPublications publications, Duration age) {

		@Scheduled(fixedDelayString = "${events.resubmit-after:1m}")
		void resubmit() {
			this.publications.resubmitIncompletePublicationsOlderThan(this.age);
		}

	}

}
