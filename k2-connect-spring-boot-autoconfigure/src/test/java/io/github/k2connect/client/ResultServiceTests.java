package io.github.k2connect.client;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2ApiException;
import io.github.k2connect.K2Location;
import io.github.k2connect.K2ResponseException;
import io.github.k2connect.Scope;
import io.github.k2connect.Violation;
import io.github.k2connect.event.K2ResultEvent;
import io.github.k2connect.pay.PayService;
import io.github.k2connect.pay.PaymentRequest;
import io.github.k2connect.paymentlink.PaymentLinkRequest;
import io.github.k2connect.paymentlink.PaymentLinkService;
import io.github.k2connect.polling.PollingRequest;
import io.github.k2connect.polling.PollingService;
import io.github.k2connect.reversal.ReversalRequest;
import io.github.k2connect.reversal.ReversalService;
import io.github.k2connect.sendmoney.Destination;
import io.github.k2connect.sendmoney.SendMoneyRequest;
import io.github.k2connect.sendmoney.SendMoneyService;
import io.github.k2connect.sendmoney.SweepRequest;
import io.github.k2connect.settlement.SettlementTransferRequest;
import io.github.k2connect.settlement.SettlementTransferService;
import io.github.k2connect.sms.SmsNotificationService;
import io.github.k2connect.sms.TransactionSmsNotificationRequest;
import io.github.k2connect.stk.StkPushRequest;
import io.github.k2connect.stk.StkService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ResultService}, of all services that extend it.
 */
class ResultServiceTests {

	private static final Duration SHORT = Duration.ofSeconds(5);

	@RegisterExtension
	static final KopoKopoServer kopoKopo = new KopoKopoServer();

	static Stream<Service> services() {
		OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
		return Stream.of(ApiVersion.values())
			.flatMap((configured) -> Stream
				.of(new Service(configured, configured, "incoming_payments", "incoming_payment", StkService::new,
						(client) -> new StkService(client).initiateIncomingPayment(
								StkPushRequest.builder().tillNumber("K1").phoneNumber("0712000001").amount(1).build())),
						new Service(configured, configured, "polling", "polling", PollingService::new,
								(client) -> new PollingService(client).pollTransactions(PollingRequest.builder()
									.fromTime(now.minusHours(1))
									.toTime(now)
									.scope(Scope.COMPANY)
									.build())),
						new Service(configured, ApiVersion.V1, "payments", "payment", PayService::new,
								(client) -> new PayService(client).sendPay(PaymentRequest.builder()
									.destinationType("till")
									.destinationReference("ref-1")
									.amount(50)
									.description("Unga")
									.build())),
						new Service(configured, ApiVersion.V1, "settlement_transfers", "settlement_transfer",
								SettlementTransferService::new,
								(client) -> new SettlementTransferService(client)
									.settleFunds(SettlementTransferRequest.blind().build())),
						new Service(configured, ApiVersion.V1, "transaction_sms_notifications",
								"transaction_sms_notification", SmsNotificationService::new,
								(client) -> new SmsNotificationService(client)
									.sendTransactionSmsNotification(TransactionSmsNotificationRequest.builder()
										.webhookEventReference("wh-1")
										.message("Asante")
										.build())),
						new Service(configured, ApiVersion.V2, "send_money", "send_money", SendMoneyService::new,
								(client) -> new SendMoneyService(client).sendMoney(SendMoneyRequest.builder()
									.destination(Destination.merchantWallet().reference("mw-1").amount(1).build())
									.build())),
						new Service(configured, ApiVersion.V2, "send_money", "send_money", SendMoneyService::new,
								(client) -> new SendMoneyService(client).sweep(SweepRequest.builder().build())),
						new Service(configured, ApiVersion.V2, "reversals", "reversal", ReversalService::new,
								(client) -> new ReversalService(client).initiateReversal(ReversalRequest.builder()
									.transactionReference("TCB5X1")
									.reason("Sold out")
									.build())),
						new Service(configured, ApiVersion.V2, "payment_links", "payment_link", PaymentLinkService::new,
								(client) -> new PaymentLinkService(client).createPaymentLink(
										PaymentLinkRequest.builder().tillNumber("K1").amount(1).build()))));
	}

	@ParameterizedTest
	@MethodSource("services")
	void returnsLocationOfItsVersion(Service service) {
		kopoKopo.creates(service.path(), "/" + service.resource() + "/r1");
		assertThat(service.start()).isEqualTo(new K2Location(kopoKopo.url(service.path() + "/r1")));
	}

	@ParameterizedTest
	@MethodSource("services")
	void requiresCallbackUrl(Service service) {
		K2Client client = kopoKopo.client(service.configured(), null);
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(() -> service.starter().apply(client))
			.satisfies((ex) -> assertThat(ex.violations()).extracting(Violation::message)
				.singleElement()
				.asString()
				.startsWith("callbackUrl is required"));
		kopoKopo.assertNothingSent();
	}

	@ParameterizedTest
	@MethodSource("services")
	void sendsOnceWithUnknownOutcomeAfterProxyError(Service service) {
		kopoKopo.answers(service.path(), 502, "text/html", "<html>Bad Gateway</html>");
		assertThatExceptionOfType(K2ApiException.class).isThrownBy(service::start).satisfies((ex) -> {
			assertThat(ex.statusCode()).isEqualTo(502);
			assertThat(ex.errorCode()).isNull();
			assertThat(ex.responseBody()).isEqualTo("<html>Bad Gateway</html>");
			assertThat(ex.outcomeUnknown()).isTrue();
		});
		assertThat(kopoKopo.posted(service.path())).isNotEmpty();
	}

	@ParameterizedTest
	@MethodSource("services")
	void returnsResultOfLocation(Service service) {
		K2Location location = service.hasResult();
		assertThat(service.results().getStatus(location).id()).isEqualTo("r 1");
		assertThat(service.results().awaitResult(location, SHORT).id()).isEqualTo("r 1");
	}

	@ParameterizedTest
	@MethodSource("services")
	void returnsResultOfIdUrlAndPath(Service service) {
		K2Location location = service.hasResult();
		String withoutVersion = "/" + service.resource() + "/r%201";
		assertThat(Stream.of("r 1", location.uri().toString(), location.uri().getRawPath(),
				kopoKopo.url(withoutVersion).toString(), withoutVersion))
			.allSatisfy((stored) -> {
				assertThat(service.results().getStatus(stored).id()).isEqualTo("r 1");
				assertThat(service.results().awaitResult(stored, SHORT).isFailed()).isTrue();
			});
	}

	@ParameterizedTest
	@MethodSource("services")
	void rejectsOtherResource(Service service) {
		K2Location location = kopoKopo.has("/api/v1/pay_recipients/pr-1",
				"{\"data\": {\"id\": \"pr-1\", \"type\": \"pay_recipient\", \"attributes\": {}}}");
		assertThatExceptionOfType(K2ResponseException.class).isThrownBy(() -> service.results().getStatus(location))
			.withMessageContaining("'type'");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", " ", "..", "incoming_payments/1", "not a/url", "//elsewhere.example/incoming_payments/1",
					"https://elsewhere.example/api/v1/incoming_payments/1", "https://elsewhere.example" })
	void sendsNothingForWhatIsNoLocation(String location) {
		StkService service = new StkService(kopoKopo.client());
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(() -> service.getStatus(location))
			.satisfies((ex) -> assertThat(ex.violations()).extracting(Violation::property).containsExactly("location"));
		kopoKopo.assertNothingSent();
	}

	@Test
	void sendsNothingToAnotherOrigin() {
		K2Location location = K2Location.of("https://elsewhere.example/api/v1/incoming_payments/1");
		StkService service = new StkService(kopoKopo.client());
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(() -> service.getStatus(location));
		assertThatExceptionOfType(InvalidK2RequestException.class)
			.isThrownBy(() -> service.awaitResult(location, SHORT));
		kopoKopo.assertNothingSent();
	}

	@Test
	void rejectsNegativeTimeout() {
		assertThatExceptionOfType(InvalidK2RequestException.class)
			.isThrownBy(() -> new StkService(kopoKopo.client()).awaitResult("r1", Duration.ofSeconds(-1)));
		kopoKopo.assertNothingSent();
	}

	/**
	 * A service with one of its requests.
	 *
	 * @param configured the version that is configured
	 * @param version the version that the service uses then
	 * @param resource the last segment of the path of the request
	 * @param type the type of the result
	 * @param constructor creates the service
	 * @param starter sends the request
	 */
	record Service(ApiVersion configured, ApiVersion version, String resource, String type,
			Function<K2Client, ResultService<? extends K2ResultEvent>> constructor,
			Function<K2Client, K2Location> starter) {

		String path() {
			return "/api/" + this.version.pathSegment() + "/" + this.resource;
		}

		ResultService<? extends K2ResultEvent> results() {
			return this.constructor.apply(kopoKopo.client(this.configured));
		}

		K2Location start() {
			return this.starter.apply(kopoKopo.client(this.configured));
		}

		K2Location hasResult() {
			return kopoKopo.has(path() + "/r%201", "{\"data\": {\"id\": \"r 1\", \"type\": \"" + this.type
					+ "\", \"attributes\": {\"status\": \"Failed\"}}}");
		}

		@Override
		public String toString() {
			return this.type + " with " + this.configured;
		}

	}

}
