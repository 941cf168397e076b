package io.github.k2connect.docs;

import java.time.Duration;

import io.github.k2connect.K2Location;
import io.github.k2connect.account.K2AccountAutoConfiguration;
import io.github.k2connect.stk.StkPushRequest;
import io.github.k2connect.stk.StkService;
import io.github.k2connect.test.AutoConfigureK2Simulator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a slice, which as {@code @WebMvcTest} and {@code @DataJdbcTest} has only the
 * auto-configurations that it names.
 */
@SpringBootTest(classes = ServicesTests.WithServices.class)
@OverrideAutoConfiguration(enabled = false)
class SliceTests {

	@Test
	void hasNothingOfLibrary(@Autowired ApplicationContext context) {
		assertThat(context.getBeanDefinitionNames()).noneMatch((name) -> name.startsWith("k2"));
	}

	@Nested
	@AutoConfigureK2Simulator
	@ImportAutoConfiguration(K2AccountAutoConfiguration.class)
	class WithSimulator {

		@Test
		void callsSimulator(@Autowired StkService stkService) {
			K2Location push = stkService.initiateIncomingPayment(
					StkPushRequest.builder().tillNumber("K000000").phoneNumber("0712345678").amount(2200).build());
			assertThat(stkService.awaitResult(push, Duration.ofSeconds(10)).isSuccessful()).isTrue();
		}

	}

}
