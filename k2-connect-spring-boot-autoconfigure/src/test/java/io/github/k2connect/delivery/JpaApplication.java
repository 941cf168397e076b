package io.github.k2connect.delivery;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.webhook.store.ResourcelessTransactionManager;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Id;
import jakarta.persistence.Version;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * An application with several transaction managers, whose listeners use one each.
 */
@WebhookApplication
@ImportAutoConfiguration(HibernateJpaAutoConfiguration.class)
@EntityScan(basePackageClasses = JpaApplication.class)
class JpaApplication {

	static final List<String> TABLES = List.of("plain_effect", "jdbc_effect", "jpa_effect");

	static void createTables(DatabaseServer server) {
		TABLES.forEach((table) -> server.jdbc()
			.sql("CREATE TABLE " + table + " (id VARCHAR(100) PRIMARY KEY, event VARCHAR(100))")
			.update());
		server.jdbc().sql("CREATE TABLE audit (event VARCHAR(100))").update();
		server.jdbc().sql("CREATE TABLE counter (id INT PRIMARY KEY, version INT, total INT)").update();
		server.jdbc().sql("INSERT INTO counter VALUES (1, 0, 0)").update();
	}

	@Bean
	CommitFaults dataSource(DataSourceProperties properties) {
		return new CommitFaults(properties.initializeDataSourceBuilder().type(HikariDataSource.class).build());
	}

	@Bean
	PlatformTransactionManager jdbcManager(DataSource dataSource) {
		return new JdbcTransactionManager(dataSource);
	}

	@Bean
	PlatformTransactionManager jpaManager(EntityManagerFactory entityManagerFactory) {
		return new JpaTransactionManager(entityManagerFactory);
	}

	@Bean
	PlatformTransactionManager brokerManager() {
		return new ResourcelessTransactionManager();
	}

	@Bean
	PlainListener plainListener(JdbcClient jdbc) {
		return new PlainListener(jdbc);
	}

	@Bean
	JpaListener jpaListener(EntityManagerFactory entityManagerFactory) {
		return new JpaListener(SharedEntityManagerCreator.createSharedEntityManager(entityManagerFactory));
	}

	@Bean
	JdbcListener jdbcListener(JdbcClient jdbc) {
		return new JdbcListener(jdbc);
	}

	@Bean
	LastListener lastListener(JdbcListener jdbcListener) {
		return new LastListener(jdbcListener);
	}

	static class PlainListener {

		private final JdbcClient jdbc;

		PlainListener(JdbcClient jdbc) {
			this.jdbc = jdbc;
		}

		@Order(1)
		@EventListener
		void on(K2Event event) {
			this.jdbc.sql("INSERT INTO plain_effect VALUES (?, ?)").param(event.id()).param(event.id()).update();
		}

	}

	static class JpaListener {

		private final AtomicInteger calls = new AtomicInteger();

		private final EntityManager entities;

		private volatile Consumer<EntityManager> next = (entities) -> {
		};

		JpaListener(EntityManager entities) {
			this.entities = entities;
		}

		@Order(2)
		@EventListener
		@Transactional("jpaManager")
		public void on(K2Event event) {
			this.calls.incrementAndGet();
			this.entities.persist(new Effect(event.id()));
			this.next.accept(this.entities);
		}

		int calls() {
			return this.calls.get();
		}

		void next(Consumer<EntityManager> next) {
			this.next = next;
		}

	}

	static class JdbcListener {

		private final JdbcClient jdbc;

		JdbcListener(JdbcClient jdbc) {
			this.jdbc = jdbc;
		}

		@Order(3)
		@EventListener
		@Transactional("jdbcManager")
		public void on(K2Event event) {
			this.jdbc.sql("INSERT INTO jdbc_effect VALUES (?, ?)").param(event.id()).param(event.id()).update();
		}

		@Transactional("jdbcManager")
		public void fail() {
			throw new IllegalStateException("A transaction of the listener failed");
		}

		@Transactional(transactionManager = "jdbcManager", propagation = Propagation.NESTED)
		public void failInSavepoint(String event) {
			audit(event);
			throw new IllegalStateException("A nested transaction of the listener failed");
		}

		@Transactional(transactionManager = "jdbcManager", propagation = Propagation.REQUIRES_NEW)
		public void audit(String event) {
			this.jdbc.sql("INSERT INTO audit VALUES (?)").param(event).update();
		}

	}

	static class LastListener {

		private final JdbcListener jdbc;

		private final AtomicReference<Consumer<JdbcListener>> behavior = new AtomicReference<>((jdbc) -> {
		});

		LastListener(JdbcListener jdbc) {
			this.jdbc = jdbc;
		}

		@Order(4)
		@EventListener
		void on(K2Event event) {
			this.behavior.get().accept(this.jdbc);
		}

		void behavior(Consumer<JdbcListener> behavior) {
			this.behavior.set(behavior);
		}

	}

	/**
	 * What the listener writes with JPA.
	 */
	@Entity(name = "jpa_effect")
	static class Effect {

		@Id
		String id;

		String event;

		Effect(String event) {
			this.id = event;
			this.event = event;
		}

		Effect() {
			this("");
		}

	}

	/**
	 * A row that all events change.
	 */
	@Entity(name = "counter")
	static class Counter {

		@Id
		int id;

		@Version
		int version;

		int total;

		void increment() {
			this.total++;
		}

	}

	/**
	 * A data source whose connections fail at the commit if a test wants it: before it,
	 * so that nothing is committed, or after it, so that the response is lost.
	 */
	static class CommitFaults extends DelegatingDataSource implements AutoCloseable {

		private final Set<Fault> faults = new CopyOnWriteArraySet<>();

		private final HikariDataSource pool;

		CommitFaults(HikariDataSource pool) {
			super(pool);
			this.pool = pool;
		}

		@Override
		public void close() {
			this.pool.close();
		}

		void next(Fault fault) {
			this.faults.add(fault);
		}

		@Override
		public Connection getConnection() throws SQLException {
			Connection connection = super.getConnection();
			return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
					(proxy, method, arguments) -> {
						boolean commit = method.getName().equals("commit");
						if (commit && this.faults.remove(Fault.BEFORE_COMMIT)) {
							connection.rollback();
							throw new SQLException("The connection died before the commit", "08006");
						}
						Object result;
						try {
							result = method.invoke(connection, arguments);
						}
						catch (InvocationTargetException ex) {
							throw ex.getTargetException();
						}
						if (commit && this.faults.remove(Fault.AFTER_COMMIT)) {
							throw new SQLException("The connection died after the commit", "08006");
						}
						return result;
					});
		}

		enum Fault {

			BEFORE_COMMIT, AFTER_COMMIT

		}

	}

}
