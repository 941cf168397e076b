package com.example.shop;

import org.springframework.test.context.TestPropertySource;

/**
 * Tests for inbox mode.
 */
@TestPropertySource(properties = { "k2.webhook.mode=inbox", "spring.datasource.url=jdbc:h2:mem:inbox" })
class InboxTests extends EmbeddedTests {

}
