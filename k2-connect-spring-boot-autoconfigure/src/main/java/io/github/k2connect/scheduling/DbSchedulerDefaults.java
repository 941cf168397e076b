package io.github.k2connect.scheduling;

import java.time.Duration;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.PollingStrategyConfig;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerProperties;
import io.github.k2connect.scheduling.K2Scheduler.Need;
import io.github.k2connect.webhook.store.ConnectionPool;
import io.github.k2connect.webhook.store.DatabaseDialect;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeansException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;

/**
 * Sets defaults of db-scheduler, unless the application has set them: in every
 * application it keeps the rows of tasks that it does not know, and where tasks of
 * k2-connect run it has the settings that they need.
 */
final class DbSchedulerDefaults implements BeanPostProcessor {

	/**
	 * An event of a crashed instance is detected after four missed heartbeats, with a
	 * check every two heartbeats: within 48 seconds.
	 */
	private static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(8);

	private static final int MISSED_HEARTBEATS_LIMIT = 4;

	private static final Duration POLLING_INTERVAL = Duration.ofSeconds(1);

	private static final Duration SHUTDOWN_MAX_WAIT = Duration.ofSeconds(20);

	private final ConfigurableListableBeanFactory beans;

	private final Environment environment;

	private final ObjectProvider<Need> needs;

	DbSchedulerDefaults(ConfigurableListableBeanFactory beans, Environment environment, ObjectProvider<Need> needs) {
		this.beans = beans;
		this.environment = environment;
		this.needs = needs;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		if (bean instanceof DbSchedulerProperties properties) {
			ifUnset("delete-unresolved-after", () -> properties.setDeleteUnresolvedAfter(UnresolvedTasks.KEPT_FOR));
			if (this.needs.stream().anyMatch(Need::isRequired)) {
				complete(properties);
			}
		}
		return bean;
	}

	private void complete(DbSchedulerProperties properties) {
		ifUnset("delay-startup-until-context-ready", () -> properties.setDelayStartupUntilContextReady(true));
		ifUnset("immediate-execution-enabled", () -> properties.setImmediateExecutionEnabled(true));
		ifUnset("polling-interval", () -> properties.setPollingInterval(POLLING_INTERVAL));
		ifUnset("heartbeat-interval", () -> properties.setHeartbeatInterval(HEARTBEAT_INTERVAL));
		ifUnset("missed-heartbeats-limit", () -> properties.setMissedHeartbeatsLimit(MISSED_HEARTBEATS_LIMIT));
		ifUnset("shutdown-max-wait", () -> properties.setShutdownMaxWait(SHUTDOWN_MAX_WAIT));
		DataSource dataSource = dataSource();
		if (dataSource != null) {
			SingletonSupplier<DatabaseDialect> dialect = SingletonSupplier.of(() -> DatabaseDialect.of(dataSource));
			ifUnset("threads", () -> properties.setThreads(threads(dataSource, properties.getThreads())));
			ifUnset("polling-strategy", () -> useLockAndFetch(dialect.obtain(), properties));
			// In the time zone of the instance, times would shift by an hour with
			// daylight saving time.
			ifUnset("always-persist-timestamp-in-utc",
					() -> properties.setAlwaysPersistTimestampInUtc(!dialect.obtain().keepsTimeZones()));
		}
	}

	/**
	 * Return the data source of db-scheduler, if it is known before db-scheduler is
	 * configured.
	 */
	private @Nullable DataSource dataSource() {
		try {
			return new DbSchedulerBeans(this.beans, this.beans.getBeanProvider(DataSource.class), this.environment)
				.dataSource()
				.orElse(null);
		}
		catch (BeansException ex) {
			return null;
		}
	}

	/**
	 * Return the number of threads. Each thread uses one connection, and a listener may
	 * need a second one.
	 */
	private int threads(DataSource dataSource, int threads) {
		Integer size = ConnectionPool.size(dataSource,
				this.beans.getBeanProvider(DataSourcePoolMetadataProvider.class));
		return (size != null) ? Math.max(1, Math.min(threads, size / 2)) : threads;
	}

	/**
	 * Pick at most as many executions as there are threads. An execution that waits for a
	 * thread has no heartbeat: db-scheduler would take it for dead and run it again, and
	 * tasks of the application have no record that prevents this.
	 */
	private void useLockAndFetch(DatabaseDialect dialect, DbSchedulerProperties properties) {
		if (dialect.locksAndFetches()) {
			properties.setPollingStrategy(PollingStrategyConfig.Type.LOCK_AND_FETCH);
			ifUnset("polling-strategy-lower-limit-fraction-of-threads",
					() -> properties.setPollingStrategyLowerLimitFractionOfThreads(0.5));
			ifUnset("polling-strategy-upper-limit-fraction-of-threads",
					() -> properties.setPollingStrategyUpperLimitFractionOfThreads(1.0));
		}
	}

	private void ifUnset(String property, Runnable action) {
		if (!Binder.get(this.environment).bind("db-scheduler." + property, Bindable.of(String.class)).isBound()) {
			action.run();
		}
	}

}
