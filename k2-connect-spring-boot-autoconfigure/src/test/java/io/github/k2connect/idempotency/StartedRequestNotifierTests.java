package io.github.k2connect.idempotency;

import java.time.Duration;

import io.github.k2connect.K2Location;
import io.github.k2connect.client.ApiClient;
import io.github.k2connect.client.K2ClientFactory;
import io.github.k2connect.client.K2ClientSettings;
import io.github.k2connect.client.StartedRequestListener;
import io.github.k2connect.client.StartedRequestListener.StartedRequest;
import io.github.k2connect.json.JsonBody;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.client.MockClientHttpResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link StartedRequestNotifier}.
 */
class StartedRequestNotifierTests {

	private final StartedRequestListener recorder = mock();

	private final StaticListableBeanFactory beans = new StaticListableBeanFactory();

	private final StartedRequestNotifier notifier = new StartedRequestNotifier(
			this.beans.getBeanProvider(StartedRequestListener.class));

	private ApiClient client() {
		K2ClientFactory clients = new K2ClientFactory(K2ClientSettings.of(K2ClientSettings.SANDBOX));
		K2ClientFactory notifying = (K2ClientFactory) this.notifier.postProcessAfterInitialization(clients, "clients");
		this.beans.addBean("recorder", this.recorder);
		return ApiClient.of(notifying.create((request, body, execution) -> {
			MockClientHttpResponse response = new MockClientHttpResponse(new byte[0], HttpStatus.CREATED);
			response.getHeaders().add("Location", "/api/v1/incoming_payments/p1");
			return response;
		}));
	}

	@Test
	void recordsRequestsOfEveryClient() {
		StartedRequest request = mock();
		given(this.recorder.begin(any())).willReturn(request);
		K2Location location = client().create("incoming_payments", new JsonBody());
		then(request).should().started(location.uri());
	}

	@Test
	void limitsStatusRequestsOfCallersThatWait() {
		given(this.recorder.delayStatusRequest()).willReturn(Duration.ZERO);
		client().await(Duration.ofSeconds(5), () -> "Success", "Pending"::equals);
		then(this.recorder).should().delayStatusRequest();
	}

	@Test
	void leavesOtherBeansAsTheyAre() {
		assertThat(this.notifier.postProcessAfterInitialization("bean", "name")).isSameAs("bean");
	}

}
