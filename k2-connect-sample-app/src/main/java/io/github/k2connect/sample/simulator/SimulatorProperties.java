package io.github.k2connect.sample.simulator;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the simulator behaves.
 *
 * @param resultDelay how long a simulated customer takes to answer
 */
@ConfigurationProperties("shop.simulator")
record SimulatorProperties(@DefaultValue("4s") Duration resultDelay) {
}
