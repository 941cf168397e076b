package com.example.push;

import java.util.HashMap;
import java.util.Map;

import io.github.k2connect.test.K2Simulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the program of the documentation that sends a first push.
 */
@ExtendWith(OutputCaptureExtension.class)
class FirstPushTests {

	@Test
	void printsResult(CapturedOutput output) {
		try (K2Simulator simulator = K2Simulator.start()) {
			Map<String, Object> properties = new HashMap<>(simulator.properties());
			properties.put("k2.callback-url", "https://shop.example/k2/webhooks");
			new SpringApplicationBuilder(FirstPush.class).web(WebApplicationType.NONE)
				.properties(properties)
				.run("K000000", "0712 345 678")
				.close();
		}
		assertThat(output).contains("Success, till K000000, errors []");
	}

}
