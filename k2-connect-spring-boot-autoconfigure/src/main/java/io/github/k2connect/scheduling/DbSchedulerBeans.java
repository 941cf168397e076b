package io.github.k2connect.scheduling;

import java.util.Arrays;
import java.util.Optional;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerProperties;
import com.github.kagkarlsson.scheduler.jdbc.AutodetectJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.task.Task;
import io.github.k2connect.InvalidK2ConfigurationException;
import io.github.k2connect.scheduling.K2Scheduler.Need;
import io.github.k2connect.webhook.store.MissingDataSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;

/**
 * The beans of db-scheduler, and those that it uses. They are looked up without creating
 * the scheduler, whose tasks may depend on the database.
 */
final class DbSchedulerBeans {

	static final String AUTO_CONFIGURATION = "com.github.kagkarlsson.scheduler.boot.autoconfigure.DbSchedulerAutoConfiguration";

	private final ConfigurableListableBeanFactory beans;

	private final ObjectProvider<DataSource> dataSource;

	private final Environment environment;

	DbSchedulerBeans(ConfigurableListableBeanFactory beans, ObjectProvider<DataSource> dataSource,
			Environment environment) {
		this.beans = beans;
		this.dataSource = dataSource;
		this.environment = environment;
	}

	Optional<Scheduler> scheduler() {
		return this.beans.getBeanProvider(Scheduler.class).stream().findFirst();
	}

	/**
	 * Return whether the application has a scheduler of its own. Its tasks may not be
	 * beans, and its table may be another.
	 */
	boolean hasSchedulerOfApplication() {
		return Arrays.stream(this.beans.getBeanNamesForType(Scheduler.class, true, false))
			.anyMatch((name) -> !isDefinedByDbScheduler(name));
	}

	Scheduler scheduler(Need need) {
		return scheduler().orElseThrow(() -> noScheduler(need));
	}

	Optional<DbSchedulerProperties> properties() {
		return this.beans.getBeanProvider(DbSchedulerProperties.class).stream().findFirst();
	}

	/**
	 * Return the properties of db-scheduler, which are there if there is a database.
	 */
	DbSchedulerProperties properties(Need need) {
		dataSource(need);
		return properties().orElseThrow(() -> noScheduler(need));
	}

	/**
	 * Return the customizer of the application. db-scheduler's own, which does nothing,
	 * is left out: it is created together with all tasks.
	 */
	Optional<DbSchedulerCustomizer> customizer() {
		return Arrays.stream(this.beans.getBeanNamesForType(DbSchedulerCustomizer.class, true, false))
			.filter((name) -> !isDefinedByDbScheduler(name))
			.findFirst()
			.map((name) -> this.beans.getBean(name, DbSchedulerCustomizer.class));
	}

	/**
	 * Return the data source of db-scheduler: that of the customizer, else the primary or
	 * only one.
	 */
	Optional<DataSource> dataSource() {
		return customizer().flatMap(DbSchedulerCustomizer::dataSource)
			.or(() -> Optional.ofNullable(this.dataSource.getIfUnique()));
	}

	DataSource dataSource(Need need) {
		return dataSource().orElseThrow(() -> need.noDataSource(MissingDataSource.in(this.beans)));
	}

	/**
	 * Return whether the data source is that of a customizer.
	 */
	boolean isDataSourceCustomized() {
		return customizer().flatMap(DbSchedulerCustomizer::dataSource).isPresent();
	}

	JdbcCustomization customization(DataSource dataSource, DbSchedulerProperties properties) {
		return customizer().flatMap(DbSchedulerCustomizer::jdbcCustomization)
			.orElseGet(() -> new AutodetectJdbcCustomization(dataSource, properties.isAlwaysPersistTimestampInUtc()));
	}

	/**
	 * Return the table of db-scheduler. This does not connect to the database.
	 */
	Optional<SchedulerTable> table() {
		return dataSource().flatMap((dataSource) -> properties()
			.map((properties) -> new SchedulerTable(dataSource, properties.getTableName())));
	}

	SchedulerTable table(Need need) {
		return new SchedulerTable(dataSource(need), properties(need).getTableName());
	}

	/**
	 * Return how many threads may handle events at a time. One thread is left for other
	 * tasks, if there are any. Subscriptions, which are checked every hour, need none.
	 */
	int threadsForEvents() {
		boolean alone = this.beans.getBeanProvider(Task.class)
			.stream()
			.filter((task) -> !task.getName().equals(Need.SUBSCRIPTIONS.taskName()))
			.count() == 1;
		return alone ? threads() : Math.max(1, threads() - 1);
	}

	/**
	 * Return how many threads may call Kopo Kopo at a time: half of them.
	 */
	int threadsForCalls() {
		return Math.max(1, threads() / 2);
	}

	private int threads() {
		return properties().map(DbSchedulerProperties::getThreads).orElse(Integer.MAX_VALUE);
	}

	private InvalidK2ConfigurationException noScheduler(Need need) {
		return need.noScheduler(this.environment.getProperty("db-scheduler.enabled", Boolean.class, true));
	}

	private boolean isDefinedByDbScheduler(String name) {
		return this.beans.containsBeanDefinition(name)
				&& AUTO_CONFIGURATION.equals(this.beans.getMergedBeanDefinition(name).getFactoryBeanName());
	}

}
