package io.github.k2connect.account;

import java.net.URI;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.client.K2Client;
import io.github.k2connect.client.KopoKopoServer;
import io.github.k2connect.event.K2ResultEvent;
import io.github.k2connect.pay.PayService;
import io.github.k2connect.paymentlink.PaymentLinkService;
import io.github.k2connect.polling.PollingService;
import io.github.k2connect.recipient.ExternalRecipientService;
import io.github.k2connect.reversal.ReversalService;
import io.github.k2connect.sendmoney.SendMoneyService;
import io.github.k2connect.settlement.SettlementTransferService;
import io.github.k2connect.sms.SmsNotificationService;
import io.github.k2connect.stk.StkService;
import io.github.k2connect.webhook.WebhookService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The status of what a service has started, by its id or its location.
 */
class StatusByIdTests {

	private static final Duration SHORT = Duration.ofSeconds(5);

	@RegisterExtension
	static final KopoKopoServer kopoKopo = new KopoKopoServer();

	private static Service of(String path, String type, BiFunction<K2Client, String, ? extends K2ResultEvent> getStatus,
			BiFunction<K2Client, String, ? extends K2ResultEvent> awaitById,
			BiFunction<K2Client, URI, ? extends K2ResultEvent> awaitByLocation) {
		return new Service(path, type, getStatus, awaitById, awaitByLocation);
	}

	static Stream<Service> services() {
		return Stream.of(
				of("/api/v2/incoming_payments", "incoming_payment",
						(client, id) -> new StkService(client).getStatus(id),
						(client, id) -> new StkService(client).awaitResult(id, SHORT),
						(client, location) -> new StkService(client).awaitResult(location, SHORT)),
				of("/api/v1/payments", "payment", (client, id) -> new PayService(client).getStatus(id),
						(client, id) -> new PayService(client).awaitResult(id, SHORT),
						(client, location) -> new PayService(client).awaitResult(location, SHORT)),
				of("/api/v1/settlement_transfers", "settlement_transfer",
						(client, id) -> new SettlementTransferService(client).getStatus(id),
						(client, id) -> new SettlementTransferService(client).awaitResult(id, SHORT),
						(client, location) -> new SettlementTransferService(client).awaitResult(location, SHORT)),
				of("/api/v2/polling", "polling", (client, id) -> new PollingService(client).getStatus(id),
						(client, id) -> new PollingService(client).awaitResult(id, SHORT),
						(client, location) -> new PollingService(client).awaitResult(location, SHORT)),
				of("/api/v1/transaction_sms_notifications", "transaction_sms_notification",
						(client, id) -> new SmsNotificationService(client).getStatus(id),
						(client, id) -> new SmsNotificationService(client).awaitResult(id, SHORT),
						(client, location) -> new SmsNotificationService(client).awaitResult(location, SHORT)),
				of("/api/v2/send_money", "send_money", (client, id) -> new SendMoneyService(client).getStatus(id),
						(client, id) -> new SendMoneyService(client).awaitResult(id, SHORT),
						(client, location) -> new SendMoneyService(client).awaitResult(location, SHORT)),
				of("/api/v2/reversals", "reversal", (client, id) -> new ReversalService(client).getStatus(id),
						(client, id) -> new ReversalService(client).awaitResult(id, SHORT),
						(client, location) -> new ReversalService(client).awaitResult(location, SHORT)),
				of("/api/v2/payment_links", "payment_link",
						(client, id) -> new PaymentLinkService(client).getStatus(id),
						(client, id) -> new PaymentLinkService(client).awaitResult(id, SHORT),
						(client, location) -> new PaymentLinkService(client).awaitResult(location, SHORT)));
	}

	private static K2Client client() {
		return kopoKopo.client(ApiVersion.V2);
	}

	@ParameterizedTest
	@MethodSource("services")
	void readsResultByIdAndByLocation(Service service) {
		URI location = kopoKopo.has(service.path() + "/r%201", service.json("r 1"));
		assertThat(service.getStatus().apply(client(), "r 1").id()).isEqualTo("r 1");
		assertThat(service.awaitById().apply(client(), "r 1").id()).isEqualTo("r 1");
		assertThat(service.awaitByLocation().apply(client(), location).id()).isEqualTo("r 1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "..", "payments/1", "https://api.kopokopo.com/api/v1/payments/1" })
	void rejectsWhatIsNoId(String id) {
		assertThatExceptionOfType(InvalidK2RequestException.class)
			.isThrownBy(() -> new StkService(client()).getStatus(id));
		kopoKopo.assertNothingSent();
	}

	@Test
	void rejectsNegativeTimeout() {
		assertThatExceptionOfType(InvalidK2RequestException.class)
			.isThrownBy(() -> new StkService(client()).awaitResult("r1", Duration.ofSeconds(-1)));
		kopoKopo.assertNothingSent();
	}

	@Test
	void readsRecipientAndSubscriptionById() {
		kopoKopo.has("/api/v2/external_recipients/r1",
				"{\"data\": {\"id\": \"r1\", \"type\": \"external_recipient\", \"attributes\": {}}}");
		kopoKopo.has("/api/v2/webhook_subscriptions/s1",
				"{\"data\": {\"id\": \"s1\", \"type\": \"webhook_subscription\", \"attributes\": {}}}");
		assertThat(new ExternalRecipientService(client()).getStatus("r1").id()).isEqualTo("r1");
		assertThat(new WebhookService(client()).getStatus("s1").id()).isEqualTo("s1");
	}

	@Test
	void cancelsPaymentLinkById() {
		kopoKopo.answers("/api/v2/payment_links/l1/cancel", 200, "application/json", "{\"message\": \"Cancelled\"}");
		assertThat(new PaymentLinkService(client()).cancelPaymentLink("l1")).isEqualTo("Cancelled");
	}

	/**
	 * A service whose calls have a result.
	 *
	 * @param path the path with which it starts something
	 * @param type the type of the result
	 * @param getStatus gets the status by id
	 * @param awaitById waits for the result by id
	 * @param awaitByLocation waits for the result by location
	 */
	record Service(String path, String type, BiFunction<K2Client, String, ? extends K2ResultEvent> getStatus,
			BiFunction<K2Client, String, ? extends K2ResultEvent> awaitById,
			BiFunction<K2Client, URI, ? extends K2ResultEvent> awaitByLocation) {

		String json(String id) {
			return "{\"data\": {\"id\": \"" + id + "\", \"type\": \"" + this.type
					+ "\", \"attributes\": {\"status\": \"Success\"}}}";
		}

		@Override
		public String toString() {
			return this.type;
		}

	}

}
