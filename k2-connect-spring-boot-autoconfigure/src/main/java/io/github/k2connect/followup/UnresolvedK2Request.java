package io.github.k2connect.followup;

import java.net.URI;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Published once for a request whose result could not be found out: it is still pending
 * at the end of patience, or Kopo Kopo does not know it. Money may have moved, so a
 * person should look it up in Kopo Kopo's dashboard. A result that comes later is
 * published all the same.
 *
 * @param account the name of the Kopo Kopo account that started it
 * @param type its type on the wire, for example {@code incoming_payment}
 * @param id the id under which its result comes, or {@code null} if the instance that
 * sent the request stopped before the response was written down
 * @param location its address, or {@code null} where there is no id
 * @param startedAt when the request was sent
 */
public record UnresolvedK2Request(String account, String type, @Nullable String id, @Nullable URI location,
		Instant startedAt) {

}
