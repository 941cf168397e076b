package io.github.k2connect.database;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.HikariDataSource;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.boot.jdbc.metadata.CompositeDataSourcePoolMetadataProvider;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadata;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;
import org.springframework.util.ClassUtils;

/**
 * The size of a connection pool.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class ConnectionPool {

	private static final boolean HIKARI = ClassUtils.isPresent("com.zaxxer.hikari.HikariDataSource",
			ConnectionPool.class.getClassLoader());

	private ConnectionPool() {
	}

	/**
	 * Return the maximum number of connections of a data source. Without metadata, as
	 * beside R2DBC, HikariCP is asked itself.
	 * @param dataSource the data source
	 * @param providers the pool metadata providers
	 * @return the size, or {@code null} if it is not known
	 */
	public static @Nullable Integer size(DataSource dataSource,
			ObjectProvider<DataSourcePoolMetadataProvider> providers) {
		DataSourcePoolMetadata pool = new CompositeDataSourcePoolMetadataProvider(providers.orderedStream().toList())
			.getDataSourcePoolMetadata(dataSource);
		Integer size = (pool != null) ? pool.getMax() : null;
		if (size != null && size > 0) {
			return size;
		}
		return HIKARI ? Hikari.size(dataSource) : null;
	}

	/**
	 * Loaded only if HikariCP is on the class path.
	 */
	private static final class Hikari {

		/**
		 * The size of a pool that has not started and has no configured size.
		 */
		private static final int DEFAULT_SIZE = 10;

		static @Nullable Integer size(DataSource dataSource) {
			HikariDataSource pool = DataSourceUnwrapper.unwrap(dataSource, HikariConfigMXBean.class,
					HikariDataSource.class);
			if (pool == null) {
				return null;
			}
			int size = pool.getMaximumPoolSize();
			return (size > 0) ? size : DEFAULT_SIZE;
		}

	}

}
