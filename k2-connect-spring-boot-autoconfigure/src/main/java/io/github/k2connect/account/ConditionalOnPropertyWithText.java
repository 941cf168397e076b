package io.github.k2connect.account;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Conditional;

/**
 * Condition that matches if every property has a value that is not blank.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Conditional(OnPropertyWithTextCondition.class)
@interface ConditionalOnPropertyWithText {

	/**
	 * The names of the properties.
	 */
	String[] value();

}
