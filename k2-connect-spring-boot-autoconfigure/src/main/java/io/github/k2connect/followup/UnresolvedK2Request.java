package io.github.k2connect.followup;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.k2connect.K2Location;
import org.jspecify.annotations.Nullable;

/**
 * Event for a request without a final result: its follow-up has timed out, or Kopo Kopo
 * does not know the request. It is published once. Money may have moved, so a person
 * should look up the request in Kopo Kopo's dashboard. If a result comes later, it is
 * still published.
 *
 * @param account the name of the Kopo Kopo account that sent the request
 * @param type the type of the result on the wire, for example {@code incoming_payment}
 * @param id the id of the result, or {@code null} if the response of Kopo Kopo was not
 * stored, for example because the instance crashed
 * @param location the location of the resource, or {@code null} if there is no id
 * @param startedAt when the request was sent
 * @param metadata the metadata of the request, empty if it has none; entries beyond 2000
 * bytes of JSON are left out
 */
public record UnresolvedK2Request(String account, String type, @Nullable String id, @Nullable K2Location location,
		Instant startedAt, Map<String, String> metadata) {

	/**
	 * Create an event with a copy of the metadata. JSON of earlier versions has none.
	 */
	public UnresolvedK2Request {
		metadata = (metadata != null) ? Collections.unmodifiableMap(new LinkedHashMap<>(metadata)) : Map.of();
	}

}
