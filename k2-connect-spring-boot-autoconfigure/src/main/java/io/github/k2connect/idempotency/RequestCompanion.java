package io.github.k2connect.idempotency;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;

import io.github.k2connect.client.StartedRequestListener.NewRequest;
import io.github.k2connect.database.GroupedWriter;
import io.github.k2connect.database.K2Database;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What else is stored of a started request, in the same transactions as its idempotency
 * key.
 *
 * @param <C> the type of the changes
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public interface RequestCompanion<C extends GroupedWriter.Write<C>> {

	/**
	 * Return the table of the companion.
	 * @param database the database, over the connection of the writer
	 * @return makes the changes
	 */
	GroupedWriter.Target<C> table(K2Database database);

	/**
	 * Called before a request is stored.
	 * @param request the request
	 * @return the changes for the request, or {@code null} if nothing else is stored
	 */
	@Nullable Changes<C> begin(NewRequest request);

	/**
	 * Return the change for a request whose location was found by other means.
	 * @param account the name of the account
	 * @param type the type of its result
	 * @param location the URL of the resource
	 * @param startedAt when it was started
	 * @return the change
	 */
	C resolved(String account, String type, URI location, Instant startedAt);

	/**
	 * Called before a status request of a caller that waits for a result.
	 * @return how long to wait before the request is sent
	 */
	Duration delayStatusRequest();

	/**
	 * The changes for one request.
	 *
	 * @param <C> the type of the changes
	 */
	interface Changes<C> {

		/**
		 * Return the change before the request is sent.
		 * @return the change
		 */
		C begun();

		/**
		 * Return the change when Kopo Kopo has accepted the request.
		 * @param location the URL of the resource
		 * @return the change
		 */
		C started(URI location);

		/**
		 * Return the change when the caller gets an exception.
		 * @return the change
		 */
		C failed();

	}

}
