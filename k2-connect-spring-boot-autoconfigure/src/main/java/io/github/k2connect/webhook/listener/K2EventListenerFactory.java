package io.github.k2connect.webhook.listener;

import java.lang.reflect.Method;
import java.time.Duration;

import io.github.k2connect.event.K2Event;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.EventListener;
import org.springframework.context.event.EventListenerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.config.TaskManagementConfigUtils;
import org.springframework.util.ClassUtils;

/**
 * Factory for {@link EventListener} methods that return a future or a reactive type, or
 * that suspend in Kotlin. The delivery of a {@link K2Event} waits for them: the response
 * is sent when they are done, and the delivery fails if they fail. Spring Framework alone
 * only logs such a failure.
 * <p>
 * Transactional event listeners, and the listeners of other factories, are not changed.
 */
final class K2EventListenerFactory implements EventListenerFactory, Ordered, BeanFactoryAware {

	/**
	 * The maximum time of all listeners of one delivery together.
	 */
	static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final Log logger = LogFactory.getLog(K2EventListenerFactory.class);

	private final Duration timeout;

	private boolean asyncEnabled;

	/**
	 * Create a factory.
	 * @param timeout the maximum time of all listeners of one delivery together
	 */
	K2EventListenerFactory(Duration timeout) {
		this.timeout = timeout;
	}

	/**
	 * Use this factory before Spring's default factory and after factories with an
	 * explicit order.
	 */
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE - 1;
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		this.asyncEnabled = beanFactory.containsBean(TaskManagementConfigUtils.ASYNC_ANNOTATION_PROCESSOR_BEAN_NAME)
				|| beanFactory.containsBean(TaskManagementConfigUtils.ASYNC_EXECUTION_ASPECT_BEAN_NAME);
	}

	@Override
	public boolean supportsMethod(Method method) {
		return ListenedTypes.of(method).includeK2Events();
	}

	@Override
	public ApplicationListener<?> createApplicationListener(String beanName, Class<?> type, Method method) {
		if (this.asyncEnabled && returnsNothing(method) && isAsync(AopUtils.getMostSpecificMethod(method, type))) {
			logger.warn("Listener " + ClassUtils.getQualifiedMethodName(method, type) + " of bean '" + beanName
					+ "' is @Async: the response to a message is sent before it is done, and an event is lost if it fails"
					+ " or the application stops. Remove @Async, return a CompletableFuture, or store the event"
					+ " durably, for example with Spring Modulith's @ApplicationModuleListener.");
		}
		return new K2EventListenerAdapter(beanName, type, method, this.timeout);
	}

	private static boolean returnsNothing(Method method) {
		Class<?> type = method.getReturnType();
		return type == void.class || type == Void.class || type.getName().equals("kotlin.Unit");
	}

	private static boolean isAsync(Method method) {
		return AnnotatedElementUtils.hasAnnotation(method, Async.class)
				|| AnnotatedElementUtils.hasAnnotation(method.getDeclaringClass(), Async.class);
	}

}
