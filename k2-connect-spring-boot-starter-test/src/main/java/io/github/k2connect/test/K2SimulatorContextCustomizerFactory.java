package io.github.k2connect.test;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/**
 * Factory that gives the contexts of test classes with {@link AutoConfigureK2Simulator}
 * their simulator.
 */
class K2SimulatorContextCustomizerFactory implements ContextCustomizerFactory {

	@Override
	public @Nullable ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> configAttributes) {
		AutoConfigureK2Simulator annotation = TestContextAnnotationUtils.findMergedAnnotation(testClass,
				AutoConfigureK2Simulator.class);
		return (annotation != null) ? new K2SimulatorContextCustomizer(ApplicationSimulator.of(annotation)) : null;
	}

}
