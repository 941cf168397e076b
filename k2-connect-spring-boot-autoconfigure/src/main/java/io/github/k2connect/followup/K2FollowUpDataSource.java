package io.github.k2connect.followup;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.beans.factory.annotation.Qualifier;

/**
 * Qualifier for a {@code DataSource} that only follow-up uses, to store requests before
 * and after they are sent. It needs one connection, to the database with db-scheduler's
 * table. Without such a bean follow-up opens a connection itself. Declare the bean with
 * {@code @Bean(defaultCandidate = false)}, so that it does not replace the application's
 * own.
 */
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Qualifier
public @interface K2FollowUpDataSource {

}
