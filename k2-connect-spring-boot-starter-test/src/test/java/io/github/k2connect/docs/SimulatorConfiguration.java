package io.github.k2connect.docs;

import io.github.k2connect.test.AutoConfigureK2Simulator;

import org.springframework.boot.test.context.TestConfiguration;

@TestConfiguration(proxyBeanMethods = false)
@AutoConfigureK2Simulator(port = 8090, interactive = true)
class SimulatorConfiguration {

}
