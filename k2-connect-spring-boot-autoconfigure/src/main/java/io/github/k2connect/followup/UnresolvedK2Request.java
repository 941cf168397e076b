package io.github.k2connect.followup;

import java.net.URI;
import java.time.Instant;

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
 * @param location the URL of the resource, or {@code null} if there is no id
 * @param startedAt when the request was sent
 */
public record UnresolvedK2Request(String account, String type, @Nullable String id, @Nullable URI location,
		Instant startedAt) {

}
