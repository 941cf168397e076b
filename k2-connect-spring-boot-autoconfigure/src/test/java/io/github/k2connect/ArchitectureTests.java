package io.github.k2connect;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.core.domain.properties.HasModifiers;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.github.k2connect.client.ResultService;
import io.github.k2connect.event.ResultType;
import org.apiguardian.api.API;

import org.springframework.boot.context.properties.ConfigurationProperties;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rules for the dependencies between packages.
 */
@AnalyzeClasses(packages = ArchitectureTests.ROOT, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	static final String ROOT = "io.github.k2connect";

	private static final Set<String> SERVICE = Set.of("", "json", "request", "client", "event");

	private static final Set<String> ACCOUNT = Set.of("", "client", "token", "webhook", "stk", "settlement", "polling",
			"sms", "recipient", "sendmoney", "reversal", "paymentlink", "pay");

	/**
	 * The packages that each package may use.
	 */
	static final Map<String, Set<String>> MAY_USE = Map.ofEntries(Map.entry("", Set.of()),
			Map.entry("json", Set.of("")), Map.entry("request", Set.of("")), Map.entry("client", Set.of("", "json")),
			Map.entry("token", Set.of("", "json", "client")), Map.entry("event", Set.of("", "json")),
			Map.entry("webhook", Set.of("", "json", "request", "client", "event")),
			Map.entry("webhook.endpoint", Set.of("", "event", "webhook", "webhook.reception", "webhook.store")),
			Map.entry("webhook.reception",
					Set.of("", "json", "event", "database", "webhook", "webhook.listener", "webhook.store")),
			Map.entry("webhook.listener", Set.of("", "event")), Map.entry("database", Set.of("")),
			Map.entry("webhook.store", Set.of("", "json", "event", "database")),
			Map.entry("scheduling", Set.of("", "database")),
			Map.entry("webhook.inbox",
					Set.of("", "json", "event", "database", "scheduling", "webhook.reception", "webhook.store")),
			Map.entry("idempotency", Set.of("", "client", "database", "account", "webhook.store")),
			Map.entry("followup",
					Set.of("", "json", "client", "event", "database", "idempotency", "scheduling", "account",
							"webhook.reception", "webhook.inbox", "webhook.store")),
			Map.entry("reconciliation",
					Set.of("", "json", "event", "polling", "scheduling", "account", "webhook.reception",
							"webhook.inbox", "webhook.store")),
			Map.entry("subscription", Set.of("", "json", "client", "scheduling", "account", "webhook")),
			Map.entry("stk", SERVICE), Map.entry("settlement", SERVICE), Map.entry("polling", SERVICE),
			Map.entry("sms", SERVICE), Map.entry("recipient", SERVICE), Map.entry("sendmoney", SERVICE),
			Map.entry("reversal", SERVICE), Map.entry("paymentlink", SERVICE), Map.entry("account", ACCOUNT),
			Map.entry("pay", Set.of("", "json", "request", "client", "event", "recipient")));

	/**
	 * The classes that may use Spring Boot: auto-configurations, and the classes that
	 * only they use.
	 */
	private static final Pattern WIRING = Pattern.compile(ROOT.replace(".", "\\.")
			+ "\\..*(AutoConfiguration|Configuration|Properties|Condition|Initializer|HttpClientBeans"
			+ "|ConditionalOnPropertyWithText|ConnectionPool|SecurityReport)(\\$.*)?");

	@ArchTest
	static final ArchRule packagesUseOnlyPackagesOfTheirRow = classes().that()
		.resideOutsideOfPackage(ROOT + ".autoconfigure..")
		.should(new UseOnlyWhatTheRowNames());

	@ArchTest
	static final ArchRule packagesHaveNoCycles = slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

	@ArchTest
	static final ArchRule nothingUsesAutoconfigurePackage = noClasses().that()
		.resideOutsideOfPackage(ROOT + ".autoconfigure..")
		.should()
		.dependOnClassesThat(resideInAPackage(ROOT + ".autoconfigure.."));

	@ArchTest
	static final ArchRule onlyAutoConfigurationsUseSpringBoot = noClasses().that()
		.resideOutsideOfPackage(ROOT + ".autoconfigure..")
		.and(are(describe("not wiring", (type) -> !WIRING.matcher(type.getName()).matches())))
		.should()
		.dependOnClassesThat(resideInAPackage("org.springframework.boot..")
			.and(resideOutsideOfPackage("org.springframework.boot.http.client")));

	@ArchTest
	static final ArchRule publicTypesOfJsonPackageAreInternal = classes().that()
		.resideInAPackage(ROOT + ".json..")
		.and()
		.arePublic()
		.and()
		.areTopLevelClasses()
		.should()
		.beAnnotatedWith(API.class);

	@ArchTest
	static final ArchRule propertiesAreInternal = classes().that()
		.areAnnotatedWith(ConfigurationProperties.class)
		.should()
		.notBePublic()
		.orShould()
		.beAnnotatedWith(API.class);

	@ArchTest
	static final ArchRule accountsMeasureAgesWithMonotonicClock = noClasses().that()
		.resideInAPackage(ROOT + ".account..")
		.and(are(describe("not those that create tokens",
				(type) -> !type.getName().matches(".*(AccountConnections|AutoConfiguration).*"))))
		.should()
		.dependOnClassesThat()
		.belongToAnyOf(Clock.class, Instant.class);

	@ArchTest
	static final ArchRule servicesStartOnlyKnownResultTypes = classes().that()
		.areAssignableTo(ResultService.class)
		.and()
		.doNotHaveModifier(JavaModifier.ABSTRACT)
		.should()
		.callMethod(ResultType.class, "resource");

	@ArchTest
	static final ArchRule publicApiShowsNoInternalTypes = classes().that()
		.resideOutsideOfPackage(ROOT + ".autoconfigure..")
		.and(are(visibleToUsers()))
		.should(new ShowNoInternalTypes());

	@ArchTest
	static void everyPackageHasRow(JavaClasses classes) {
		assertThat(classes.stream().map(ArchitectureTests::room)).isSubsetOf(
				Stream.concat(MAY_USE.keySet().stream(), Stream.of("autoconfigure", "autoconfigure.actuate")).toList());
	}

	/**
	 * Lower the number when a dependency is gone. Before you raise it, look for another
	 * package for the new class.
	 */
	@ArchTest
	static void packagesDependOnEachOtherInFewPairs(JavaClasses classes) {
		assertThat(classes.stream()
			.flatMap((type) -> type.getDirectDependenciesFromSelf()
				.stream()
				.map((dependency) -> dependency.getTargetClass().getBaseComponentType())
				.filter((target) -> target.getPackageName().startsWith(ROOT))
				.map((target) -> room(type) + " -> " + room(target))
				.filter((pair) -> !pair.equals(room(type) + " -> " + room(type))))
			.distinct()).hasSizeLessThanOrEqualTo(145);
	}

	private static String room(JavaClass type) {
		String name = type.getPackageName();
		return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
	}

	private static boolean isInternal(CanBeAnnotated element) {
		return element.isAnnotatedWith(API.class);
	}

	private static boolean isInternalType(JavaClass type) {
		return isInternal(type) || type.getEnclosingClass().filter(ArchitectureTests::isInternalType).isPresent();
	}

	private static DescribedPredicate<JavaClass> visibleToUsers() {
		return describe("visible to users",
				(type) -> isAccessible(type)
						&& type.getEnclosingClass().stream().allMatch(ArchitectureTests::isAccessible)
						&& !isInternalType(type));
	}

	private static boolean isAccessible(HasModifiers element) {
		return element.getModifiers().contains(JavaModifier.PUBLIC)
				|| element.getModifiers().contains(JavaModifier.PROTECTED);
	}

	private static final class ShowNoInternalTypes extends ArchCondition<JavaClass> {

		ShowNoInternalTypes() {
			super("show no internal types");
		}

		@Override
		public void check(JavaClass type, ConditionEvents events) {
			Stream.concat(type.getAllRawSuperclasses().stream(), type.getAllRawInterfaces().stream())
				.filter(ArchitectureTests::isInternalType)
				.forEach((superType) -> report(events, type, type.getName(), superType));
			for (JavaMember member : type.getMembers()) {
				if (isAccessible(member) && !isInternal(member)) {
					member.getAllInvolvedRawTypes()
						.stream()
						.filter(ArchitectureTests::isInternalType)
						.forEach((shown) -> report(events, type, member.getFullName(), shown));
				}
			}
		}

		private static void report(ConditionEvents events, JavaClass type, String place, JavaClass shown) {
			events.add(SimpleConditionEvent.violated(type, place + " shows " + shown.getName()));
		}

	}

	private static final class UseOnlyWhatTheRowNames extends ArchCondition<JavaClass> {

		UseOnlyWhatTheRowNames() {
			super("use only the packages that their row names");
		}

		@Override
		public void check(JavaClass type, ConditionEvents events) {
			Set<String> allowed = MAY_USE.getOrDefault(room(type), Set.of());
			for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
				JavaClass target = dependency.getTargetClass().getBaseComponentType();
				if (target.getPackageName().startsWith(ROOT) && !room(target).equals(room(type))
						&& !allowed.contains(room(target))) {
					events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
				}
			}
		}

	}

}
