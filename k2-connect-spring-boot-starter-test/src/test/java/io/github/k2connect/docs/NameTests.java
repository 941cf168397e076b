package io.github.k2connect.docs;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.k2connect.event.B2bTransaction;
import io.github.k2connect.event.CardTransaction;
import io.github.k2connect.event.DarajaPayer;
import io.github.k2connect.event.DestinationDetails;
import io.github.k2connect.event.Disbursement;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.PaymentLinkDetails;
import io.github.k2connect.event.PolledTransaction;
import io.github.k2connect.event.ReversalBulkPayment;
import io.github.k2connect.event.ResultEnvelope;
import io.github.k2connect.event.SendMoneyDestination;
import io.github.k2connect.event.StkFailureReason;
import io.github.k2connect.event.TillTransaction;
import io.github.k2connect.event.TransferBatch;
import io.github.k2connect.event.WebhookEnvelope;
import io.github.k2connect.pay.PayService;
import io.github.k2connect.paymentlink.PaymentLinkService;
import io.github.k2connect.polling.PollingService;
import io.github.k2connect.recipient.ExternalRecipientService;
import io.github.k2connect.reversal.ReversalService;
import io.github.k2connect.sendmoney.SendMoneyService;
import io.github.k2connect.settlement.SettlementTransferService;
import io.github.k2connect.sms.SmsNotificationService;
import io.github.k2connect.stk.StkService;
import io.github.k2connect.testfixtures.Documentation;
import io.github.k2connect.token.TokenService;
import io.github.k2connect.webhook.WebhookParser;
import io.github.k2connect.webhook.WebhookService;
import io.github.k2connect.webhook.WebhookTopic;
import org.apiguardian.api.API;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the names in the documentation: all names of the library, and no others.
 */
class NameTests {

	private static final Map<String, Class<?>> SERVICES = Stream
		.of(StkService.class, PaymentLinkService.class, SendMoneyService.class, ExternalRecipientService.class,
				PayService.class, SettlementTransferService.class, ReversalService.class, PollingService.class,
				SmsNotificationService.class, WebhookService.class, TokenService.class, WebhookParser.class)
		.collect(Collectors.toMap(Class::getSimpleName, Function.identity()));

	private static final Pattern METHOD = Pattern.compile("`(\\w+(?:Service|Parser))\\.(\\w+)`");

	static Stream<Class<?>> services() {
		return SERVICES.values().stream();
	}

	static Stream<Class<?>> records() {
		return Stream.concat(permitted(K2Event.class),
				Stream.of(TillTransaction.class, B2bTransaction.class, CardTransaction.class, DarajaPayer.class,
						WebhookEnvelope.class, ResultEnvelope.class, PolledTransaction.class, TransferBatch.class,
						Disbursement.class, SendMoneyDestination.class, DestinationDetails.class,
						ReversalBulkPayment.class, PaymentLinkDetails.class));
	}

	static Stream<String> values() {
		return Stream.concat(Arrays.stream(WebhookTopic.values()).map(WebhookTopic::value),
				Arrays.stream(StkFailureReason.values()).map(StkFailureReason::name));
	}

	static Stream<List<String>> methods() {
		return Documentation.pages()
			.stream()
			.flatMap((page) -> METHOD.matcher(Documentation.prose(page)).results())
			.map((match) -> List.of(match.group(1), match.group(2)));
	}

	private static Stream<Class<?>> permitted(Class<?> type) {
		return type.isSealed() ? Arrays.stream(type.getPermittedSubclasses()).flatMap(NameTests::permitted).distinct()
				: Stream.of(type);
	}

	private static Set<String> publicMethods(Class<?> type) {
		Set<String> general = Stream.of(Object.class, Record.class)
			.flatMap((superclass) -> Arrays.stream(superclass.getMethods()))
			.map(Method::getName)
			.collect(Collectors.toSet());
		return Arrays.stream(type.getMethods())
			.filter((method) -> !method.isSynthetic() && !method.isAnnotationPresent(API.class))
			.map(Method::getName)
			.filter((name) -> !general.contains(name))
			.collect(Collectors.toSet());
	}

	private static String page(String name) {
		return Documentation.read(Documentation.ROOT.resolve("docs").resolve(name));
	}

	@ParameterizedTest
	@MethodSource("services")
	void documentsEveryMethodOfServices(Class<?> service) {
		assertThat(page("services.md")).contains(service.getSimpleName()).contains(publicMethods(service));
	}

	@ParameterizedTest
	@MethodSource("records")
	void documentsEveryAccessorOfEvents(Class<?> type) {
		assertThat(page("events.md").replace("()`", "`")).contains("`" + type.getSimpleName() + "`")
			.contains(publicMethods(type).stream().map((name) -> "`" + name + "`").toList());
	}

	@ParameterizedTest
	@MethodSource("values")
	void documentsEveryTopicAndReason(String value) {
		assertThat(page("events.md")).contains("`" + value + "`");
	}

	@ParameterizedTest
	@MethodSource("methods")
	void namesExistingMethods(List<String> name) {
		assertThat(SERVICES).containsKey(name.get(0));
		assertThat(publicMethods(Objects.requireNonNull(SERVICES.get(name.get(0))))).contains(name.get(1));
	}

}
