package io.github.k2connect.docs;

import java.io.IOException;
import java.lang.reflect.Member;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.k2connect.K2Location;
import io.github.k2connect.stk.StkPushRequest;
import io.github.k2connect.stk.StkService;
import io.github.k2connect.test.K2Simulator;
import io.github.k2connect.test.SimulatedPhoneNumber;
import io.github.k2connect.test.SimulatedResult;
import io.github.k2connect.test.SimulatedWebhook;
import org.awaitility.Awaitility;

import org.springframework.aot.agent.RecordedInvocation;
import org.springframework.aot.agent.RecordedInvocationsListener;
import org.springframework.aot.agent.RecordedInvocationsPublisher;
import org.springframework.aot.AotDetector;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.boot.SpringApplicationAotProcessor;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.aot.AbstractAotProcessor;

/**
 * Runs {@link NativeShop} as it was processed ahead of time, uses everything, and prints
 * what k2-connect does by reflection, and whether there is a hint for it.
 */
final class NativeShopRecorder {

	static final String WITH_HINT = "With hint: ";

	static final String WITHOUT_HINT = "Without hint: ";

	private static final String PACKAGE = "io.github.k2connect.";

	private static final Pattern TESTS = Pattern.compile("io\\.github\\.k2connect\\.(docs|test|testfixtures)\\..*");

	/**
	 * k2-connect looks for this class, which is absent here.
	 */
	private static final String JPA = "org.springframework.orm.jpa.JpaTransactionManager";

	private static final String JSON = "tools.jackson.";

	private static final Pattern UTILITIES = Pattern.compile("org\\.springframework\\.(core\\.io|util)\\..*");

	private static final List<Supplier<SimulatedWebhook>> WEBHOOKS = List.of(
			SimulatedWebhook::buygoodsTransactionReceived, SimulatedWebhook::buygoodsTransactionReversed,
			SimulatedWebhook::b2bTransactionReceived, SimulatedWebhook::b2bTransactionReversed,
			SimulatedWebhook::m2mTransactionReceived, SimulatedWebhook::settlementTransferCompletedToBankAccount,
			SimulatedWebhook::settlementTransferCompletedToMobileWallet, SimulatedWebhook::customerCreated,
			SimulatedWebhook::cardTransactionReceived, SimulatedWebhook::cardTransactionVoided,
			SimulatedWebhook::cardTransactionReversed);

	private static final List<Supplier<SimulatedResult>> RESULTS = List.of(SimulatedResult::stkPush,
			SimulatedResult::payment, SimulatedResult::settlementTransfer, SimulatedResult::polling,
			SimulatedResult::transactionSmsNotification, SimulatedResult::sendMoney, SimulatedResult::reversal,
			SimulatedResult::paymentLink);

	/**
	 * Long enough to cancel a payment link before it is paid.
	 */
	private static final Duration RESULT_DELAY = Duration.ofSeconds(5);

	private static final Duration LONG = Duration.ofSeconds(60);

	private NativeShopRecorder() {
	}

	public static void main(String[] args) throws IOException {
		Queue<RecordedInvocation> invocations = new ConcurrentLinkedQueue<>();
		RecordedInvocationsListener listener = invocations::add;
		RecordedInvocationsPublisher.addListener(listener);
		use(args);
		RecordedInvocationsPublisher.removeListener(listener);
		System.clearProperty(AotDetector.AOT_ENABLED);
		RuntimeHints hints = hints(args);
		invocations.stream()
			.filter(NativeShopRecorder::isOfLibrary)
			.map((invocation) -> (invocation.matches(hints) ? WITH_HINT : WITHOUT_HINT) + describe(invocation))
			.distinct()
			.forEach(System.out::println);
		System.exit(0);
	}

	/**
	 * The hints of k2-connect and of Spring, as a build writes them for the native image.
	 */
	private static RuntimeHints hints(String[] args) throws IOException {
		Path directory = Files.createTempDirectory("hints");
		AbstractAotProcessor.Settings settings = AbstractAotProcessor.Settings.builder()
			.sourceOutput(directory)
			.resourceOutput(directory)
			.classOutput(directory)
			.groupId("shop")
			.artifactId("shop")
			.build();
		List<RuntimeHints> written = new ArrayList<>();
		new SpringApplicationAotProcessor(NativeShop.class, settings, args) {

			@Override
			protected void writeHints(RuntimeHints hints) {
				written.add(hints);
			}

		}.process();
		return written.get(0);
	}

	private static void use(String[] args) {
		try (K2Simulator kopoKopo = K2Simulator.builder()
			.clientId("build")
			.clientSecret("build")
			.apiKey("build")
			.resultDelay(RESULT_DELAY)
			.start(); ConfigurableApplicationContext application = start(kopoKopo, args)) {
			NativeShop shop = application.getBean(NativeShop.class);
			int port = Integer.parseInt(application.getEnvironment().getRequiredProperty("local.server.port"));
			kopoKopo.callbackOrigin(URI.create("http://localhost:" + port));
			WEBHOOKS.forEach((webhook) -> kopoKopo.deliver(webhook.get()));
			RESULTS.forEach((result) -> kopoKopo.deliver(result.get()));
			Awaitility.await().atMost(LONG).until(() -> shop.events() == WEBHOOKS.size() + RESULTS.size());
			new Services().all(application);
			kopoKopo.callbackOrigin(URI.create("http://localhost:1"));
			K2Location followedUp = application.getBean(StkService.class)
				.initiateIncomingPayment(StkPushRequest.builder()
					.tillNumber("K000000")
					.phoneNumber(SimulatedPhoneNumber.PAYS)
					.amount(2200)
					.build());
			Awaitility.await().atMost(LONG).until(() -> shop.hasResult(followedUp.id()));
		}
	}

	private static ConfigurableApplicationContext start(K2Simulator kopoKopo, String[] args) {
		return NativeShop.run(Stream.concat(Stream.of(args), Stream.of("--k2.base-url=" + kopoKopo.baseUrl()))
			.toArray(String[]::new));
	}

	/**
	 * Whether k2-connect makes the call, perhaps with a utility of Spring, or the call
	 * needs one of its types or resources. Spring also looks for members that may be
	 * absent.
	 */
	private static boolean isOfLibrary(RecordedInvocation invocation) {
		String subject = subject(invocation);
		if (needsNoHint(subject)) {
			return false;
		}
		boolean needed = subject.contains("#") || subject.endsWith(".sql")
				|| isMadeBy(invocation, (name) -> name.startsWith(JSON));
		return (needed && isOfLibrary(subject)) || isMadeBy(invocation, NativeShopRecorder::isOfLibrary);
	}

	/**
	 * Whether it is of the JDK or an annotation, whose hints are not k2-connect's.
	 */
	private static boolean needsNoHint(String subject) {
		if (subject.startsWith("java.")) {
			return true;
		}
		try {
			return Class.forName(subject, false, NativeShopRecorder.class.getClassLoader()).isAnnotation();
		}
		catch (ClassNotFoundException ex) {
			return subject.equals(JPA);
		}
	}

	private static boolean isMadeBy(RecordedInvocation invocation, Predicate<String> caller) {
		return invocation.getStackFrames()
			.map(StackWalker.StackFrame::getClassName)
			.filter((name) -> !UTILITIES.matcher(name).matches())
			.findFirst()
			.filter(caller)
			.isPresent();
	}

	private static boolean isOfLibrary(String name) {
		return name.startsWith(PACKAGE) && !TESTS.matcher(name).matches();
	}

	/**
	 * The name of the type or the resource that a call is about.
	 */
	private static String subject(RecordedInvocation invocation) {
		if (!invocation.isStatic() && invocation.getInstance() instanceof Class<?> type) {
			return type.getName();
		}
		if (!invocation.isStatic() && invocation.getInstance() instanceof Member member) {
			return member.getDeclaringClass().getName() + "#" + member.getName();
		}
		return invocation.getArguments()
			.stream()
			.filter(String.class::isInstance)
			.map((argument) -> ((String) argument).replace('/', '.'))
			.findFirst()
			.orElse("");
	}

	private static String describe(RecordedInvocation invocation) {
		return invocation.getMethodReference() + " of " + subject(invocation);
	}

}
