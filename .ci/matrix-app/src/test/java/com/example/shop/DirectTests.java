package com.example.shop;

import org.springframework.test.context.TestPropertySource;

/**
 * Tests for direct mode.
 */
@TestPropertySource(properties = "spring.datasource.url=jdbc:h2:mem:direct")
class DirectTests extends EmbeddedTests {

}
