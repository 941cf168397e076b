package io.github.k2connect.followup;

import io.github.k2connect.scheduling.K2Scheduler;
import io.github.k2connect.scheduling.K2Scheduler.Need;
import io.github.k2connect.webhook.EventReceiver;
import io.github.k2connect.webhook.store.EventStoreProperties;
import io.github.k2connect.webhook.store.EventStoreProperties.Store;
import io.github.k2connect.webhook.store.InMemoryEventStore;
import io.github.k2connect.webhook.store.K2EventStore;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Startup check that the follow-up has everything it needs.
 */
final class FollowUpCheck implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(FollowUpCheck.class);

	private final BeanFactory beans;

	FollowUpCheck(BeanFactory beans) {
		this.beans = beans;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (isThere(FollowUpTask.class)) {
			checkReceiver();
		}
		else {
			logger.info("Started requests are stored, and followed up by the instances of the application that have "
					+ "the webhook endpoint, because this is not a web application");
		}
		this.beans.getBean(K2Scheduler.class).scheduler(Need.FOLLOW_UP);
		if (isThere(FollowUpTask.class)) {
			checkStore();
		}
	}

	private void checkReceiver() {
		if (!isThere(EventReceiver.class)) {
			throw Need.FOLLOW_UP.failure("results are not received.",
					"Set k2.api-key in a web application, and leave k2.webhook.enabled as it is");
		}
	}

	private void checkStore() {
		if (this.beans.getBean(EventStoreProperties.class).store() == Store.NONE
				|| this.beans.getBean(K2EventStore.class) instanceof InMemoryEventStore) {
			throw Need.FOLLOW_UP.noDatabase();
		}
	}

	private boolean isThere(Class<?> type) {
		return this.beans.getBeanProvider(type).stream().findFirst().isPresent();
	}

}
