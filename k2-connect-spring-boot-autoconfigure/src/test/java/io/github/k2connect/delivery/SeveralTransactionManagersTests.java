package io.github.k2connect.delivery;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.k2connect.delivery.JpaApplication.CommitFaults;
import io.github.k2connect.delivery.JpaApplication.JpaListener;
import io.github.k2connect.delivery.JpaApplication.LastListener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for listeners with several transaction managers, each of which is primary once.
 */
@ParameterizedClass
@MethodSource("shops")
class SeveralTransactionManagersTests {

	private static final Map<Database, DatabaseServer> SERVERS = new LinkedHashMap<>();

	private final KopoKopo kopoKopo = new KopoKopo();

	private final DatabaseServer database;

	private final ConfigurableApplicationContext context;

	private final LastListener last;

	SeveralTransactionManagersTests(Shop shop) {
		this.database = shop.database();
		this.context = shop.context();
		this.last = this.context.getBean(LastListener.class);
		this.last.behavior((jdbc) -> {
		});
		this.context.getBean(JpaListener.class).next((entities) -> {
		});
		Stream.concat(JpaApplication.TABLES.stream(), Stream.of("audit", "k2_event"))
			.forEach((table) -> this.database.jdbc().sql("DELETE FROM " + table).update());
	}

	static List<Shop> shops() throws Exception {
		List<Shop> shops = new ArrayList<>();
		for (Database kind : Database.available()) {
			DatabaseServer database = kind.start();
			SERVERS.put(kind, database);
			JpaApplication.createTables(database);
			for (Primary primary : Primary.values()) {
				shops.add(Shop.start(kind, database, primary));
			}
		}
		return shops;
	}

	@AfterAll
	static void stop() throws IOException {
		for (DatabaseServer server : SERVERS.values()) {
			server.close();
		}
		SERVERS.clear();
	}

	private int deliver() throws IOException {
		return this.kopoKopo.deliver(Message.webhook("1").write(),
				this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

	private void assertNothingCommitted() {
		assertThat(JpaApplication.TABLES).allSatisfy((table) -> assertThat(this.database.count(table)).isZero());
		assertThat(this.database.count("k2_event")).isZero();
	}

	private void assertHandledOnce() throws IOException {
		assertThat(deliver()).isEqualTo(200);
		assertThat(JpaApplication.TABLES)
			.allSatisfy((table) -> assertThat(this.database.events(table)).containsExactly("1"));
		assertThat(this.database.count("k2_event")).isOne();
		int calls = this.context.getBean(JpaListener.class).calls();
		assertThat(deliver()).isEqualTo(200);
		assertThat(this.context.getBean(JpaListener.class).calls()).isEqualTo(calls);
	}

	@Test
	void commitsEffectsOfAllListenersOnce() throws Exception {
		assertHandledOnce();
	}

	@Test
	void rollsBackAllListenersWhenLastOneFails() throws Exception {
		this.last.behavior((jdbc) -> {
			throw new IllegalStateException("The listener failed");
		});
		assertThat(deliver()).isEqualTo(500);
		assertNothingCommitted();
		this.last.behavior((jdbc) -> {
		});
		assertHandledOnce();
	}

	@Test
	void rollsBackAllListenersWhenFailureInJoinedTransactionIsCaught() throws Exception {
		this.last.behavior((jdbc) -> assertThatIllegalStateException().isThrownBy(jdbc::fail));
		assertThat(deliver()).isEqualTo(500);
		assertNothingCommitted();
		this.last.behavior((jdbc) -> {
		});
		assertHandledOnce();
	}

	@Test
	void rollsBackAllListenersWhenFlushBeforeCommitFails() throws Exception {
		JpaListener jpa = this.context.getBean(JpaListener.class);
		jpa.next((entities) -> {
			this.database.jdbc().sql("INSERT INTO jpa_effect VALUES ('taken', 'taken')").update();
			entities.persist(new JpaApplication.Effect("taken"));
		});
		assertThat(deliver()).isEqualTo(500);
		this.database.jdbc().sql("DELETE FROM jpa_effect WHERE id = 'taken'").update();
		assertNothingCommitted();
		jpa.next((entities) -> {
		});
		assertHandledOnce();
	}

	@ParameterizedTest
	@EnumSource
	void handlesOnceWhenConnectionDiesAtCommit(CommitFaults.Fault fault) throws Exception {
		this.context.getBean(CommitFaults.class).next(fault);
		assertThat(deliver()).isEqualTo(500);
		if (fault == CommitFaults.Fault.BEFORE_COMMIT) {
			assertNothingCommitted();
		}
		assertHandledOnce();
	}

	@Test
	void commitsSeparateTransactionOfListener() throws Exception {
		this.last.behavior((jdbc) -> {
			jdbc.audit("1");
			throw new IllegalStateException("The listener failed");
		});
		assertThat(deliver()).isEqualTo(500);
		assertNothingCommitted();
		assertThat(this.database.events("audit")).containsExactly("1");
		this.last.behavior((jdbc) -> jdbc.audit("2"));
		assertHandledOnce();
		assertThat(this.database.events("audit")).containsExactlyInAnyOrder("1", "2");
	}

	@Test
	void rollsBackNestedTransactionToSavepoint() throws Exception {
		this.last.behavior((jdbc) -> assertThatIllegalStateException().isThrownBy(() -> jdbc.failInSavepoint("1")));
		assertHandledOnce();
		assertThat(this.database.events("audit")).isEmpty();
	}

	/**
	 * The transaction manager that is primary.
	 */
	enum Primary {

		NONE(null), JDBC("jdbcManager"), JPA("jpaManager"), BROKER("brokerManager");

		private final @Nullable String bean;

		Primary(@Nullable String bean) {
			this.bean = bean;
		}

	}

	/**
	 * An instance with its database.
	 */
	record Shop(Database kind, Primary primary, DatabaseServer database,
			ConfigurableApplicationContext context) implements AutoCloseable {

		static Shop start(Database kind, DatabaseServer database, Primary primary) {
			String[] arguments = database
				.arguments("--server.port=0", "--k2.api-key=" + KopoKopo.API_KEY, "--without.jpa=",
						"--k2.webhook.max-wait=5s")
				.toArray(String[]::new);
			return new Shop(kind, primary, database, new SpringApplicationBuilder(JpaApplication.class)
				.initializers((context) -> context.addBeanFactoryPostProcessor((beans) -> {
					if (primary.bean != null) {
						beans.getBeanDefinition(primary.bean).setPrimary(true);
					}
				}))
				.run(arguments));
		}

		@Override
		public void close() {
			this.context.close();
		}

		@Override
		public String toString() {
			return this.kind + ", primary: " + this.primary;
		}

	}

}
