package io.github.k2connect.sample.payment;

import java.time.Duration;
import java.util.Map;

import io.github.k2connect.sample.order.PushLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ShopProperties}.
 */
class ShopPropertiesTests {

	@Test
	void allowsThreePushesInTenMinutesByDefault() {
		assertThat(bind(Map.of()).pushLimit()).isEqualTo(new PushLimit(3, Duration.ofMinutes(10)));
	}

	@Test
	void readsConfiguredLimit() {
		assertThat(bind(Map.of("shop.push-limit.pushes", "5", "shop.push-limit.period", "1h")).pushLimit())
			.isEqualTo(new PushLimit(5, Duration.ofHours(1)));
	}

	@ParameterizedTest
	@CsvSource({ "pushes, 0", "pushes, -1", "period, 0s", "period, -1m" })
	void rejectsLimitThatForbidsAllPushesOrNone(String property, String value) {
		assertThatExceptionOfType(BindException.class)
			.isThrownBy(() -> bind(Map.of("shop.push-limit." + property, value)))
			.withStackTraceContaining("shop.push-limit." + property + " must be positive");
	}

	private static ShopProperties bind(Map<String, String> limit) {
		MapConfigurationPropertySource source = new MapConfigurationPropertySource(limit);
		source.put("shop.till-number", "K000000");
		return new Binder(source).bind("shop", ShopProperties.class).get();
	}

}
