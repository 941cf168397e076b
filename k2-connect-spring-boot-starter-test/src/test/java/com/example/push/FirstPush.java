package com.example.push;

import java.time.Duration;

import io.github.k2connect.K2Location;
import io.github.k2connect.event.StkPushResult;
import io.github.k2connect.stk.StkPushRequest;
import io.github.k2connect.stk.StkService;

import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

@SpringBootConfiguration
@EnableAutoConfiguration
class FirstPush {

	public static void main(String[] args) {
		SpringApplication.run(FirstPush.class, args);
	}

	@Bean
	CommandLineRunner push(StkService stkService) {
		return (args) -> {
			K2Location push = stkService.initiateIncomingPayment(
					StkPushRequest.builder().tillNumber(args[0]).phoneNumber(args[1]).amount(10).build());
			System.out.println("Waiting for " + push.id());
			StkPushResult result = stkService.awaitResult(push, Duration.ofMinutes(2));
			System.out.println(result.status() + ", till " + result.tillNumber() + ", errors " + result.errors());
		};
	}

}
