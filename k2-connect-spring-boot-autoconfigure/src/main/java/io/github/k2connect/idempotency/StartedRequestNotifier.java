package io.github.k2connect.idempotency;

import java.time.Duration;

import io.github.k2connect.client.K2ClientFactory;
import io.github.k2connect.client.StartedRequestListener;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Adds the listener of started requests to every factory of clients, also to the
 * application's own. The listener's bean is looked up with the first request, because its
 * database may need a client.
 */
final class StartedRequestNotifier implements BeanPostProcessor {

	private final ObjectProvider<StartedRequestListener> recorder;

	StartedRequestNotifier(ObjectProvider<StartedRequestListener> recorder) {
		this.recorder = recorder;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		return (bean instanceof K2ClientFactory clients) ? clients.notifying(new Notification()) : bean;
	}

	private final class Notification implements StartedRequestListener {

		@Override
		public StartedRequest begin(NewRequest request) {
			return StartedRequestNotifier.this.recorder.getObject().begin(request);
		}

		@Override
		public Duration delayStatusRequest() {
			return StartedRequestNotifier.this.recorder.getObject().delayStatusRequest();
		}

	}

}
