package io.github.k2connect.testfixtures;

import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PatientAwaitility}, which is active in all tests.
 */
class PatientAwaitilityTests {

	private final AtomicInteger looks = new AtomicInteger();

	@Test
	void exceptionOfOtherThreadDoesNotEndWait() {
		Awaitility.await().until(this::failsInOtherThreadAtFirstLook);
		assertThat(this.looks).hasValue(3);
	}

	private boolean failsInOtherThreadAtFirstLook() throws InterruptedException {
		if (this.looks.incrementAndGet() == 1) {
			Thread other = new Thread(() -> {
				throw new IllegalStateException("Not a failure of the test");
			});
			other.start();
			other.join();
		}
		return this.looks.get() == 3;
	}

}
