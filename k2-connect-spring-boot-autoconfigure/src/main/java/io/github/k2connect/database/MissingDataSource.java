package io.github.k2connect.database;

import javax.sql.DataSource;

import org.apiguardian.api.API;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * The reason why an application has no {@code DataSource}, and what to do. Spring Boot
 * configures none for an application that uses R2DBC.
 *
 * @param besideR2dbc whether R2DBC is the reason
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public record MissingDataSource(boolean besideR2dbc) {

	private static final String CONNECTION_FACTORY = "io.r2dbc.spi.ConnectionFactory";

	/**
	 * Return the reason for an application.
	 * @param beans the beans of the application
	 * @return the reason
	 */
	public static MissingDataSource in(ListableBeanFactory beans) {
		ClassLoader classLoader = MissingDataSource.class.getClassLoader();
		return new MissingDataSource(ClassUtils.isPresent(CONNECTION_FACTORY, classLoader)
				&& has(beans, ClassUtils.resolveClassName(CONNECTION_FACTORY, classLoader))
				&& !has(beans, DataSource.class));
	}

	private static boolean has(ListableBeanFactory beans, Class<?> type) {
		return BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, type, true, false).length > 0;
	}

	/**
	 * Return the problem.
	 * @return a part of a sentence
	 */
	public String problem() {
		return this.besideR2dbc ? "there is no DataSource, because Spring Boot configures none beside R2DBC"
				: "there is no DataSource, or more than one and none of them primary";
	}

	/**
	 * Return what to do.
	 * @return a sentence without the period at its end
	 */
	public String action() {
		return this.besideR2dbc
				? "Define a bean of type javax.sql.DataSource for the database, with spring-boot-starter-jdbc"
				: "Configure a database, with spring-boot-starter-jdbc";
	}

}
