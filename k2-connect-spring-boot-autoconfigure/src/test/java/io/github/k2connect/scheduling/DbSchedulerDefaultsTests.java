package io.github.k2connect.scheduling;

import java.sql.Connection;
import java.sql.DatabaseMetaData;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerProperties;
import io.github.k2connect.scheduling.K2Scheduler.Need;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link DbSchedulerDefaults}.
 */
class DbSchedulerDefaultsTests {

	private final MockEnvironment environment = new MockEnvironment();

	private static DataSource dataSource(String product) throws Exception {
		DataSource dataSource = mock();
		Connection connection = mock();
		DatabaseMetaData metaData = mock();
		given(dataSource.getConnection()).willReturn(connection);
		given(connection.getMetaData()).willReturn(metaData);
		given(metaData.getDatabaseProductName()).willReturn(product);
		return dataSource;
	}

	private boolean persistsInUtc(String product) throws Exception {
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
		beans.registerSingleton("dataSource", dataSource(product));
		DbSchedulerProperties properties = new DbSchedulerProperties();
		beans.registerSingleton("need", Need.INBOX);
		new DbSchedulerDefaults(beans, this.environment, beans.getBeanProvider(Need.class))
			.postProcessAfterInitialization(properties, "properties");
		return properties.isAlwaysPersistTimestampInUtc();
	}

	@ParameterizedTest
	@CsvSource({ "MariaDB, true", "MySQL, true", "PostgreSQL, false", "H2, false" })
	void persistsTimesInUtcWhereColumnsHaveNoTimeZone(String product, boolean utc) throws Exception {
		assertThat(persistsInUtc(product)).isEqualTo(utc);
	}

	@ParameterizedTest
	@CsvSource({ "db-scheduler.always-persist-timestamp-in-utc", "db-scheduler.alwaysPersistTimestampInUtc" })
	void keepsChoiceOfApplication(String property) throws Exception {
		this.environment.setProperty(property, "false");
		assertThat(persistsInUtc("MariaDB")).isFalse();
	}

}
