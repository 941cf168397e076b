package com.example.shop;

import io.github.k2connect.test.AutoConfigureK2Simulator;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest
@AutoConfigureK2Simulator
class ShopApplicationTests {

	@Test
	void contextLoads() {
	}

}
