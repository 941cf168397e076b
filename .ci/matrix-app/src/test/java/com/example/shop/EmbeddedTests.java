package com.example.shop;

import io.github.k2connect.test.AutoConfigureK2Simulator;
import io.github.k2connect.test.K2Simulator;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/**
 * Tests for the shop with an embedded server.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureK2Simulator
@TestPropertySource(properties = { "spring.threads.virtual.enabled=true", "k2.follow-up.enabled=true",
		"k2.follow-up.first-check=1s", "k2.scheduler.polling-interval=200ms" })
abstract class EmbeddedTests extends ShopTests {

	@Autowired
	private K2Simulator kopoKopo;

	@LocalServerPort
	private int port;

	@Override
	String address() {
		return "http://localhost:" + this.port;
	}

	@Override
	K2Simulator kopoKopo() {
		return this.kopoKopo;
	}

}
