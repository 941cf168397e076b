package io.github.k2connect.docs;

import java.math.BigDecimal;

import io.github.k2connect.test.AutoConfigureK2Simulator;
import io.github.k2connect.test.K2Simulator;
import io.github.k2connect.test.SimulatedWebhook;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

import static io.github.k2connect.test.K2MockMvcRequestPostProcessors.signedWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

@SpringBootTest
@AutoConfigureK2Simulator
@DirtiesContext
class MockMvcTests {

	@Autowired
	private K2Simulator kopoKopo;

	@Autowired
	private TillReport report;

	@Autowired
	private WebApplicationContext context;

	@Test
	void countsPaymentToTill() throws Exception {
		MockMvc mockMvc = MockMvcBuilders.webAppContextSetup(this.context).build();
		BigDecimal before = this.report.takings();
		mockMvc
			.perform(post("/k2/webhooks").content(SimulatedWebhook.buygoodsTransactionReceived().body())
				.with(signedWith(this.kopoKopo.apiKey())))
			.andExpect(status().isOk());
		assertThat(this.report.takings().subtract(before)).isEqualByComparingTo("2200");
	}

}
