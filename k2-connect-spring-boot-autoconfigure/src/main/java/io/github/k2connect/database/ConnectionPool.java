package io.github.k2connect.database;

import javax.sql.DataSource;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jdbc.metadata.CompositeDataSourcePoolMetadataProvider;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadata;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;

/**
 * The size of a connection pool.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class ConnectionPool {

	private ConnectionPool() {
	}

	/**
	 * Return the maximum number of connections of a data source.
	 * @param dataSource the data source
	 * @param providers the pool metadata providers
	 * @return the size, or {@code null} if it is not known
	 */
	public static @Nullable Integer size(DataSource dataSource,
			ObjectProvider<DataSourcePoolMetadataProvider> providers) {
		DataSourcePoolMetadata pool = new CompositeDataSourcePoolMetadataProvider(providers.orderedStream().toList())
			.getDataSourcePoolMetadata(dataSource);
		Integer size = (pool != null) ? pool.getMax() : null;
		return (size != null && size > 0) ? size : null;
	}

}
