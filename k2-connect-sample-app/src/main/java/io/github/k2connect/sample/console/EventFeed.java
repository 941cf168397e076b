package io.github.k2connect.sample.console;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.github.k2connect.event.K2Event;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The feed of all events. An event is stored in the transaction in which it is handled:
 * if another listener fails, it is not in the feed yet.
 */
@Repository
class EventFeed {

	private static final int PAGE_SIZE = 50;

	private final JdbcClient jdbcClient;

	private final JsonMapper jsonMapper;

	private final ApplicationEventPublisher publisher;

	EventFeed(JdbcClient jdbcClient, JsonMapper jsonMapper, ApplicationEventPublisher publisher) {
		this.jdbcClient = jdbcClient;
		this.jsonMapper = jsonMapper;
		this.publisher = publisher;
		jdbcClient.sql("""
				create table if not exists console_event (
					id bigint generated always as identity primary key,
					received_at timestamp with time zone not null,
					account varchar(40) not null,
					kind varchar(100) not null,
					details text not null
				)
				""").update();
	}

	@EventListener
	void on(K2Event event) {
		this.jdbcClient.sql("""
				insert into console_event (received_at, account, kind, details)
				values (:receivedAt, :account, :kind, :details)
				""")
			.param("receivedAt", Instant.now().atOffset(ZoneOffset.UTC))
			.param("account", event.account())
			.param("kind", event.getClass().getSimpleName())
			.param("details", this.jsonMapper.writeValueAsString(Detail.of(event)))
			.update();
		this.publisher.publishEvent(new FeedChanged());
	}

	/**
	 * Find the latest events.
	 * @param kind the type of the events, or empty for all
	 * @param text a text in the fields of the events, or empty for all
	 * @param before the number before which the events are, or {@code null} for the
	 * latest
	 * @return the events, the latest first
	 */
	List<FeedEntry> find(String kind, String text, @Nullable Long before) {
		return this.jdbcClient.sql("""
				select * from console_event
				where (:kind = '' or kind = :kind) and lower(details) like :pattern escape '!' and id < :before
				order by id desc fetch first :size rows only
				""")
			.param("kind", kind)
			.param("pattern", "%" + text.strip().toLowerCase(Locale.ROOT).replaceAll("([!%_])", "!$1") + "%")
			.param("before", (before != null) ? before : Long.MAX_VALUE)
			.param("size", PAGE_SIZE)
			.query(this::map)
			.list();
	}

	/**
	 * Return the types of the events in the feed.
	 * @return the types in alphabetical order
	 */
	List<String> kinds() {
		return this.jdbcClient.sql("select distinct kind from console_event order by kind")
			.query(String.class)
			.list()
			.stream()
			.flatMap(Stream::ofNullable)
			.toList();
	}

	private FeedEntry map(ResultSet row, int number) throws SQLException {
		return new FeedEntry(row.getLong("id"), row.getObject("received_at", OffsetDateTime.class).toInstant(),
				row.getString("account"), row.getString("kind"),
				Arrays.asList(this.jsonMapper.readValue(row.getString("details"), Detail[].class)));
	}

}
