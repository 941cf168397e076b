package io.github.k2connect.database;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.beans.factory.annotation.Qualifier;

/**
 * Qualifier for a {@code DataSource} that k2-connect alone uses, to store requests before
 * and after they are sent. It needs one connection, to the database with the tables of
 * k2-connect. Beside a pool of HikariCP k2-connect opens this connection itself; with
 * another pool it needs such a bean. Declare the bean with
 * {@code @Bean(defaultCandidate = false)}, so that it does not replace the application's
 * own.
 */
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Qualifier
public @interface K2DataSource {

}
