package io.github.k2connect.webhook.listener;

import io.github.k2connect.InvalidK2ConfigurationException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;

/**
 * Startup check of an application's own {@link ApplicationEventMulticaster}. With a test
 * event, it verifies that a delivery sees when listeners are done and whether they
 * failed.
 */
final class EventMulticasterCheck implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(EventMulticasterCheck.class);

	private static final String BEAN_NAME = AbstractApplicationContext.APPLICATION_EVENT_MULTICASTER_BEAN_NAME;

	/**
	 * Spring Modulith's multicaster is known to work, and might store the test event.
	 */
	private static final String KNOWN = "org.springframework.modulith.";

	private final ConfigurableListableBeanFactory beanFactory;

	EventMulticasterCheck(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (this.beanFactory.containsBeanDefinition(BEAN_NAME)) {
			ApplicationEventMulticaster multicaster = this.beanFactory.getBean(BEAN_NAME,
					ApplicationEventMulticaster.class);
			if (!multicaster.getClass().getName().startsWith(KNOWN)) {
				verify(multicaster);
			}
		}
	}

	private static void verify(ApplicationEventMulticaster multicaster) {
		ProbeListener onThisThread = new ProbeListener(Ordered.HIGHEST_PRECEDENCE, false);
		ProbeListener anywhere = new ProbeListener(Ordered.HIGHEST_PRECEDENCE + 1, true);
		boolean failureSeen = false;
		multicaster.addApplicationListener(onThisThread);
		multicaster.addApplicationListener(anywhere);
		try {
			Probe probe = new Probe(multicaster);
			multicaster.multicastEvent(probe, ResolvableType.forClass(Probe.class));
		}
		catch (ProbeFailure ex) {
			failureSeen = true;
		}
		catch (RuntimeException ex) {
			logger.debug("A listener of every event failed", ex);
			return;
		}
		finally {
			multicaster.removeApplicationListener(onThisThread);
			multicaster.removeApplicationListener(anywhere);
		}
		if (!onThisThread.wasCalledHere()) {
			throw new InvalidK2ConfigurationException("The bean '" + BEAN_NAME
					+ "' runs every listener on another thread, so the response to a message would be sent before its listeners are"
					+ " done, and its event would be lost if they fail.",
					"Let the bean run the listeners that do not support asynchronous execution on the thread of the"
							+ " publisher, as SimpleApplicationEventMulticaster does, or remove it.");
		}
		if (!failureSeen || !anywhere.wasCalledHere()) {
			logger.warn("The bean '" + BEAN_NAME + "' runs listeners on other threads or hides their failures."
					+ " The response to a message is sent when the @EventListener methods for events of k2-connect are done."
					+ " It does not wait for listeners of all events or for implementations of ApplicationListener:"
					+ " do not handle payments in them.");
		}
	}

	/**
	 * The test event. Listeners of all events receive it too.
	 */
	private static final class Probe extends ApplicationEvent {

		private Probe(Object source) {
			super(source);
		}

	}

	private static final class ProbeFailure extends RuntimeException {

		private ProbeFailure() {
			super("k2-connect checks at startup whether it sees failures of listeners; this is not an error", null,
					false, false);
		}

	}

	private static final class ProbeListener implements ApplicationListener<Probe>, Ordered {

		private final Thread here = Thread.currentThread();

		private final int order;

		private final boolean anywhere;

		private volatile boolean calledHere;

		private ProbeListener(int order, boolean anywhere) {
			this.order = order;
			this.anywhere = anywhere;
		}

		@Override
		public void onApplicationEvent(Probe event) {
			if (Thread.currentThread() == this.here) {
				this.calledHere = true;
			}
			if (this.anywhere) {
				throw new ProbeFailure();
			}
		}

		@Override
		public boolean supportsAsyncExecution() {
			return this.anywhere;
		}

		@Override
		public int getOrder() {
			return this.order;
		}

		private boolean wasCalledHere() {
			return this.calledHere;
		}

	}

}
