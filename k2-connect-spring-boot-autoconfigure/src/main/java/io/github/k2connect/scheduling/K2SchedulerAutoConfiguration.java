package io.github.k2connect.scheduling;

import java.util.Collection;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.github.k2connect.database.ConnectionPool;
import io.github.k2connect.database.K2Database;
import io.github.k2connect.database.K2SchemaInitializer;
import io.github.k2connect.database.MissingDataSource;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.util.ClassUtils;

/**
 * Auto-configuration for the scheduler. It executes the tasks of its own context only:
 * the events of a parent would not reach the listeners of its children.
 */
@AutoConfiguration(afterName = "io.github.k2connect.webhook.store.K2DatabaseAutoConfiguration")
@ConditionalOnBooleanProperty(name = "k2.enabled", matchIfMissing = true)
@EnableConfigurationProperties(SchedulerProperties.class)
public final class K2SchedulerAutoConfiguration {

	/**
	 * A class that only a supported db-scheduler has.
	 */
	private static final String SUPPORTED = "com.github.kagkarlsson.scheduler.ExecutionTimeAndId";

	/**
	 * Fail if the application needs the scheduler and cannot have it.
	 */
	@Bean
	@Lazy(false)
	SmartInitializingSingleton k2SchedulerCheck(ObjectProvider<Need> needs, ObjectProvider<K2Scheduler> scheduler,
			ListableBeanFactory beans) {
		return () -> needs.stream().sorted().findFirst().ifPresent((need) -> {
			if (!ClassUtils.isPresent(SUPPORTED, null)) {
				throw need.failure("db-scheduler is not on the class path, or is older than 16.6.",
						"Use k2-connect-spring-boot-starter, and do not set an older version of"
								+ " com.github.kagkarlsson:db-scheduler");
			}
			if (scheduler.stream().findFirst().isEmpty()) {
				MissingDataSource missing = MissingDataSource.in(beans);
				throw missing.besideR2dbc() ? need.failure(missing.problem() + ".", missing.action())
						: need.noDatabase();
			}
			TableCheck.verify(need, beans);
		});
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(value = Scheduler.class, name = SUPPORTED)
	@ConditionalOnBean(K2Database.class)
	static class SchedulerConfiguration {

		private static final int MAX_THREADS = 10;

		private static final int THREADS_WITHOUT_POOL = 1;

		@Bean
		TaskTable k2TaskTable(K2Database database) {
			return new TaskTable(database);
		}

		@Bean
		@Lazy(false)
		K2Scheduler k2Scheduler(TaskTable table, ListableBeanFactory beans, SchedulerProperties properties,
				ObjectProvider<DataSourcePoolMetadataProvider> pools, ObjectProvider<Need> needs) {
			boolean inbox = needs.stream().anyMatch(Need.INBOX::equals);
			Collection<K2Task> tasks = beans.getBeansOfType(K2Task.class).values();
			return new K2Scheduler(table, tasks, properties,
					threads(properties.threads(), table.database().dataSource(), pools, inbox), Delays.SYSTEM);
		}

		/**
		 * Return how many events are handled at a time. Each holds one connection, and a
		 * listener may need a second one. In direct mode deliveries hold half of the
		 * pool.
		 */
		private static int threads(@Nullable Integer configured, DataSource dataSource,
				ObjectProvider<DataSourcePoolMetadataProvider> pools, boolean inbox) {
			if (configured != null) {
				return configured;
			}
			Integer size = ConnectionPool.size(dataSource, pools);
			return (size != null) ? Math.max(1, Math.min(MAX_THREADS, size / (inbox ? 2 : 4))) : THREADS_WITHOUT_POOL;
		}

	}

	/**
	 * Loaded only if there is a database.
	 */
	private static final class TableCheck {

		static void verify(Need need, ListableBeanFactory beans) {
			TaskTable table = beans.getBean(TaskTable.class);
			if (!table.isUsable()) {
				throw need.missingTable(table.name(), beans.getBean(K2SchemaInitializer.class).remedy());
			}
		}

	}

}
