package io.github.k2connect.docs;

import org.springframework.boot.SpringApplication;

class DevelopmentApplication {

	public static void main(String[] args) {
		SpringApplication.from(Application::main).with(SimulatorConfiguration.class).run(args);
	}

}
