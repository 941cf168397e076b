package io.github.k2connect.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Import;

/**
 * Connects an application to a {@link K2Simulator} of its own, which is the bean
 * {@code k2Simulator} and closes with the application context. The {@code k2.*}
 * properties of the simulator override those of the application. {@code k2.callback-url}
 * is set unless the application sets it. Results and webhooks are delivered to the
 * application's web server on its address and port, over HTTPS if it uses
 * {@code server.ssl}, to the path of {@code k2.callback-url}. If a proxy changes that
 * path, set the property to the application's own path in the test.
 * <p>
 * Without a web server, as with {@code MockMvc}, nothing is delivered: not even to the
 * callback URL, which may be that of a real application. Perform a request with
 * {@link SimulatedWebhook#body()} and {@link K2MockMvcRequestPostProcessors#signedWith},
 * or pass the origin of another server to
 * {@link K2Simulator#callbackOrigin(java.net.URI)}.
 * <p>
 * Test classes that share a cached context share its simulator.
 * {@link K2Simulator#reset()} resets it.
 * <p>
 * On a {@code @TestConfiguration}, it connects an application that runs in development,
 * as in {@code SpringApplication.from(Shop::main).with(SimulatorConfiguration.class)}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Import(K2SimulatorImportSelector.class)
public @interface AutoConfigureK2Simulator {

	/**
	 * Names of accounts that the application has besides its default one. Their
	 * {@code k2.accounts.<name>} properties are set too, and
	 * {@link K2Simulator#account(String)} returns them.
	 * @return the names, each 1 to 40 lower-case letters, digits and hyphens
	 */
	String[] accounts() default {};

	/**
	 * Whether the {@code k2.accounts.<name>} properties of {@link #accounts()} are set.
	 * Set it to {@code false} if the application's accounts come from a
	 * {@code K2AccountSource}.
	 * @return whether to set them
	 */
	boolean accountProperties() default true;

	/**
	 * Whether everything is rejected that is not in the documentation of the API.
	 * @return whether the simulator is strict
	 * @see K2Simulator.Builder#strict()
	 */
	boolean strict() default false;

	/**
	 * Whether phones ring until they are answered in code.
	 * @return whether the simulator is interactive
	 * @see K2Simulator.Builder#interactive()
	 */
	boolean interactive() default false;

	/**
	 * How long resources are pending and phones ring, such as {@code 2s}.
	 * @return the delay, empty for the simulator's default
	 * @see K2Simulator.Builder#resultDelay(java.time.Duration)
	 */
	String resultDelay() default "";

	/**
	 * The port of the simulator.
	 * @return the port, 0 for any that is free
	 */
	int port() default 0;

}
