package io.github.k2connect.test;

import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Customizer that starts a simulator for the context of a test. Those with the same
 * settings are equal, so that they do not keep contexts from being shared.
 *
 * @param simulator the simulator
 */
record K2SimulatorContextCustomizer(ApplicationSimulator simulator) implements ContextCustomizer {

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
		this.simulator.start(context.getEnvironment(), (DefaultSingletonBeanRegistry) context.getBeanFactory());
	}

}
