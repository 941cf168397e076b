package io.github.k2connect.followup;

import java.time.Duration;
import java.util.Map;

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

	private final ObjectProvider<FollowUpRecorder> recorder;

	StartedRequestNotifier(ObjectProvider<FollowUpRecorder> recorder) {
		this.recorder = recorder;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		return (bean instanceof K2ClientFactory clients) ? clients.notifying(new Notification()) : bean;
	}

	private final class Notification implements StartedRequestListener {

		@Override
		public StartedRequest begin(String account, String resource, Map<String, String> metadata) {
			return StartedRequestNotifier.this.recorder.getObject().begin(account, resource, metadata);
		}

		@Override
		public Duration delayStatusRequest() {
			return StartedRequestNotifier.this.recorder.getObject().delayStatusRequest();
		}

	}

}
