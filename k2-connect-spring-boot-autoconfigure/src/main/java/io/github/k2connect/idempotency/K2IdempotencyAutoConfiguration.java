package io.github.k2connect.idempotency;

import java.time.Clock;

import javax.sql.DataSource;

import io.github.k2connect.K2IdempotencyKeys;
import io.github.k2connect.Ticker;
import io.github.k2connect.account.K2Accounts;
import io.github.k2connect.client.StartedRequestListener;
import io.github.k2connect.database.GroupedWriter;
import io.github.k2connect.database.K2DataSource;
import io.github.k2connect.database.K2Database;
import io.github.k2connect.database.K2SchemaInitializer;
import io.github.k2connect.database.WriterConnection;
import io.github.k2connect.webhook.store.K2DatabaseAutoConfiguration;
import io.github.k2connect.webhook.store.StoreProperties;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for idempotency keys, and for what else is stored of started
 * requests. Nothing connects to the database before the first request that is stored.
 */
@AutoConfiguration(after = K2DatabaseAutoConfiguration.class,
		afterName = "io.github.k2connect.account.K2AccountAutoConfiguration")
@ConditionalOnBooleanProperty(name = "k2.enabled", matchIfMissing = true)
@ConditionalOnBean({ K2Database.class, K2Accounts.class })
public final class K2IdempotencyAutoConfiguration {

	@Bean
	static StartedRequestNotifier k2StartedRequestNotifier(ObjectProvider<StartedRequestListener> recorder) {
		return new StartedRequestNotifier(recorder);
	}

	@Bean
	WriterConnection k2WriterConnection(K2Database database, @K2DataSource ObjectProvider<DataSource> dataSource) {
		return new WriterConnection(dataSource.getIfAvailable(), database);
	}

	@Bean
	RequestWriter<?> k2RequestWriter(WriterConnection connection, StoreProperties properties,
			K2SchemaInitializer initializer, ObjectProvider<RequestCompanion<?>> companion) {
		RequestWriter.Settings settings = new RequestWriter.Settings(properties.retention(), initializer::remedy,
				Clock.systemUTC(), Ticker.SYSTEM);
		RequestCompanion<?> present = companion.getIfAvailable();
		return (present != null) ? writer(connection, settings, present)
				: new RequestWriter<NoChange>(connection, settings, null);
	}

	private static <C extends GroupedWriter.Write<C>> RequestWriter<C> writer(WriterConnection connection,
			RequestWriter.Settings settings, RequestCompanion<C> companion) {
		return new RequestWriter<>(connection, settings, companion);
	}

	@Bean
	StartedRequestRecorder<?> k2StartedRequestRecorder(RequestWriter<?> writer) {
		return new StartedRequestRecorder<>(writer, Ticker.SYSTEM, Clock.systemUTC());
	}

	@Bean
	KeyTable k2KeyTable(K2Database database) {
		return new KeyTable(database, Clock.systemUTC());
	}

	@Bean
	KeyOverview k2KeyOverview(KeyTable table) {
		return new KeyOverview(table);
	}

	@Bean
	@ConditionalOnMissingBean
	K2IdempotencyKeys k2IdempotencyKeys(KeyTable table, RequestWriter<?> writer, K2Accounts accounts) {
		return new StoredIdempotencyKeys<>(table, writer,
				(account, location) -> accounts.client(account).location("", location.uri().toString()));
	}

	/**
	 * The changes of no companion.
	 */
	private interface NoChange extends GroupedWriter.Write<NoChange> {

	}

}
