package io.github.k2connect.scheduling;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.boot.autoconfigure.DbSchedulerAutoConfiguration;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.github.k2connect.autoconfigure.K2AutoConfigurations;
import io.github.k2connect.delivery.PostgresqlServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the executions that an instance picks on PostgreSQL. One that is picked and
 * waits for a thread has no heartbeat: it would be taken for dead, and run twice.
 */
class PickedExecutionsTests {

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(K2AutoConfigurations.with(DbSchedulerAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class))
		.withBean(DataSource.class, PostgresqlServer::createDataSource)
		.withUserConfiguration(Payouts.class)
		.withPropertyValues("k2.api-key=k3y", "k2.webhook.mode=inbox", "k2.webhook.jdbc.initialize-schema=always",
				"db-scheduler.threads=2");

	@Test
	void picksNoTaskOfApplicationThatHasToWaitForThread() {
		this.runner.run((context) -> {
			Scheduler scheduler = context.getBean(Scheduler.class);
			Payouts payouts = context.getBean(Payouts.class);
			JdbcClient jdbc = JdbcClient.create(context.getBean(DataSource.class));
			List<TaskInstance<?>> instances = List.of(payout("1"), payout("2"), payout("3"), payout("4"));
			scheduler.scheduleBatch(instances, Instant.now());
			scheduler.triggerCheckForDueExecutions();
			payouts.started.acquire(2);
			assertThat(jdbc.sql("SELECT COUNT(*) FROM scheduled_tasks WHERE picked").query(Long.class).single())
				.isEqualTo(2);
			payouts.end.countDown();
			payouts.started.acquire(2);
			Awaitility.await("all payouts are done")
				.untilAsserted(
						() -> assertThat(jdbc.sql("SELECT COUNT(*) FROM scheduled_tasks").query(Long.class).single())
							.isZero());
			assertThat(payouts.started.availablePermits()).isZero();
		});
	}

	private static TaskInstance<?> payout(String id) {
		return new TaskInstance<>("payout", id);
	}

	@Configuration(proxyBeanMethods = false)
	static class Payouts {

		private final Semaphore started = new Semaphore(0);

		private final CountDownLatch end = new CountDownLatch(1);

		@Bean
		Task<Void> payout() {
			return Tasks.oneTime("payout").execute((instance, context) -> {
				this.started.release();
				await(this.end);
			});
		}

		private static void await(CountDownLatch latch) {
			try {
				latch.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

}
