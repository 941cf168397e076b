package io.github.k2connect.scheduling;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import com.github.kagkarlsson.scheduler.testhelper.SettableClock;

/**
 * The time of a scheduler whose clock a test moves.
 */
public final class MovedClock extends Clock {

	private final SettableClock time;

	public MovedClock(SettableClock time) {
		this.time = time;
	}

	@Override
	public Instant instant() {
		return this.time.now();
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return this;
	}

}
