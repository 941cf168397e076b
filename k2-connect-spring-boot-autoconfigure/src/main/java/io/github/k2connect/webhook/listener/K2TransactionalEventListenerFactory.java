package io.github.k2connect.webhook.listener;

import java.lang.reflect.Method;

import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.transaction.annotation.RestrictedTransactionalEventListenerFactory;
import org.springframework.transaction.event.TransactionalApplicationListenerMethodAdapter;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Factory for {@link TransactionalEventListener @TransactionalEventListener} methods that
 * accept events of k2-connect. Without a transaction, Spring Framework skips such a
 * method silently. Here the delivery fails instead.
 */
final class K2TransactionalEventListenerFactory extends RestrictedTransactionalEventListenerFactory {

	/**
	 * Create a factory that is used before Spring Framework's own.
	 */
	K2TransactionalEventListenerFactory() {
		setOrder(getOrder() - 1);
	}

	@Override
	public boolean supportsMethod(Method method) {
		return super.supportsMethod(method) && ListenedTypes.of(method).includeK2Events()
				&& !runsWithoutTransaction(method);
	}

	private static boolean runsWithoutTransaction(Method method) {
		TransactionalEventListener annotation = AnnotatedElementUtils.findMergedAnnotation(method,
				TransactionalEventListener.class);
		return annotation != null && annotation.fallbackExecution();
	}

	@Override
	public ApplicationListener<?> createApplicationListener(String beanName, Class<?> type, Method method) {
		super.createApplicationListener(beanName, type, method);
		return new Adapter(beanName, type, method);
	}

	private static final class Adapter extends TransactionalApplicationListenerMethodAdapter {

		private Adapter(String beanName, Class<?> type, Method method) {
			super(beanName, type, method);
		}

		@Override
		public void onApplicationEvent(ApplicationEvent event) {
			if (event instanceof PayloadApplicationEvent<?> payload && Delivery.isDelivered(payload.getPayload())
					&& !TransactionSynchronizationManager.isActualTransactionActive() && shouldHandle(event)) {
				IllegalStateException failure = new IllegalStateException("Listener " + getListenerId()
						+ " needs a transaction, but messages are delivered without one: there is no"
						+ " PlatformTransactionManager, or there are several and none is primary");
				Delivery.failed(payload.getPayload(), failure);
				throw failure;
			}
			super.onApplicationEvent(event);
		}

	}

}
