package io.github.k2connect.test;

import java.util.Set;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.context.annotation.DeterminableImports;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Starts the simulator of an application whose configuration has
 * {@link AutoConfigureK2Simulator}. It imports nothing, but runs before the conditions of
 * auto-configurations are evaluated, which depend on the simulator's properties.
 */
class K2SimulatorImportSelector implements ImportSelector, BeanFactoryAware, DeterminableImports {

	@SuppressWarnings("NullAway.Init")
	private DefaultListableBeanFactory beanFactory;

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		this.beanFactory = (DefaultListableBeanFactory) beanFactory;
	}

	@Override
	public String[] selectImports(AnnotationMetadata metadata) {
		ApplicationSimulator.of(metadata.getAnnotations().get(AutoConfigureK2Simulator.class).synthesize())
			.start(this.beanFactory.getBean(ConfigurableEnvironment.class), this.beanFactory);
		return new String[0];
	}

	/**
	 * Return the same for all test classes, whose simulators are told apart by their
	 * {@link K2SimulatorContextCustomizer}.
	 */
	@Override
	public Set<Object> determineImports(AnnotationMetadata metadata) {
		return Set.of(K2SimulatorImportSelector.class.getName());
	}

}
