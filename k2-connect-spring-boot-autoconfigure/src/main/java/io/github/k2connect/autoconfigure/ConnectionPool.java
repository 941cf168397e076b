package io.github.k2connect.autoconfigure;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jdbc.metadata.CompositeDataSourcePoolMetadataProvider;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadata;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;

/**
 * Asks a connection pool for its size.
 */
final class ConnectionPool {

	private ConnectionPool() {
	}

	/**
	 * Return how many connections a data source has at most.
	 * @param dataSource the data source
	 * @param providers know the pools of all kinds
	 * @return the size, or {@code null} if it is not known
	 */
	static @Nullable Integer size(DataSource dataSource, ObjectProvider<DataSourcePoolMetadataProvider> providers) {
		DataSourcePoolMetadata pool = new CompositeDataSourcePoolMetadataProvider(providers.orderedStream().toList())
			.getDataSourcePoolMetadata(dataSource);
		Integer size = (pool != null) ? pool.getMax() : null;
		return (size != null && size > 0) ? size : null;
	}

}
