package io.github.k2connect.delivery;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * An application with a webhook endpoint and a database, and with nothing else that
 * happens to be on the class path. It has Spring Modulith's event publication registry
 * when nothing excludes that.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration
@interface WebhookApplication {

}
