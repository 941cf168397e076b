package io.github.k2connect.testfixtures.browser;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.By;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.opentest4j.TestAbortedException;

/**
 * Chromium or Chrome, without a window, for the tests of a class. Nothing is downloaded:
 * without a browser and its driver the tests are left out, unless {@code k2.test.browser}
 * is {@code required}.
 */
public final class Chromium implements BeforeAllCallback, AfterAllCallback {

	private static final List<File> BROWSERS = List.of(new File("/usr/bin/chromium"),
			new File("/usr/bin/google-chrome"));

	private static final File DRIVER = new File("/usr/bin/chromedriver");

	private static final String ABSENT = "There is no " + BROWSERS + " with " + DRIVER
			+ ". On Debian install them with: apt-get install chromium chromium-driver";

	private static final boolean REQUIRED = "required".equals(System.getProperty("k2.test.browser"));

	private static final Path SCREENSHOTS = Path.of("target", "screenshots");

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static final String WITH_TEXT = """
			const text = (element) => element.matches('textarea') ? element.value : element.innerText;
			return [...document.querySelectorAll(arguments[0])]
				.find((element) => element.checkVisibility() && text(element).includes(arguments[1]))
			""";

	private static final String FIELDS_WITHOUT_NAME = """
			return [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
				.filter((field) => !field.ariaLabel?.trim() && ![...field.labels].some((label) => label.textContent.trim()))
				.concat([...document.querySelectorAll('button, a, summary')].filter((each) => !each.textContent.trim()))
				.map((each) => each.outerHTML).join()
			""";

	private static final String PALE_TEXTS = """
			const numbers = (colour) => colour.match(/[0-9.]+/g).map(Number);
			const linear = (value) => value <= 0.03928 * 255 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
			const light = (rgb) => 0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2]);
			const ground = (element) => {
				const colour = numbers(getComputedStyle(element).backgroundColor);
				return colour.length === 3 || colour[3] === 1 || !element.parentElement ? colour : ground(element.parentElement);
			};
			const contrast = (element) => {
				const [dark, bright] = [light(numbers(getComputedStyle(element).color)), light(ground(element))].sort((one, other) => one - other);
				return (bright + 0.05) / (dark + 0.05);
			};
			return [...document.querySelectorAll('body *')]
				.filter((element) => element.checkVisibility() && !element.closest('[aria-hidden]'))
				.filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
				.filter((element) => contrast(element) < 4.5)
				.map((element) => element.outerHTML + contrast(element)).join()
			""";

	private ChromeDriver driver;

	@Override
	public void beforeAll(ExtensionContext context) {
		Optional<File> browser = BROWSERS.stream().filter(File::canExecute).findFirst();
		if (browser.isEmpty() || !DRIVER.canExecute()) {
			if (REQUIRED) {
				throw new AssertionError(ABSENT);
			}
			throw new TestAbortedException(ABSENT);
		}
		ChromeOptions options = new ChromeOptions();
		options.setBinary(browser.get());
		options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic",
				"--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
				"--disable-component-update", "--disable-sync", "--hide-scrollbars");
		ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).build();
		this.driver = new ChromeDriver(service, options);
	}

	@Override
	public void afterAll(ExtensionContext context) {
		if (this.driver != null) {
			this.driver.quit();
		}
	}

	/**
	 * Open a page in a light window of usual size, with JavaScript.
	 */
	public void open(String url) {
		javaScript(true);
		look("light", 1280, 900);
		this.driver.get(url);
	}

	/**
	 * Open a page without JavaScript.
	 */
	public void openWithoutJavaScript(String url) {
		javaScript(false);
		this.driver.get(url);
	}

	private void javaScript(boolean enabled) {
		this.driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !enabled));
	}

	public void look(String colorScheme, int width, int height) {
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colorScheme))));
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
	}

	/**
	 * Wait for an element that is visible and has a text.
	 */
	public WebElement await(String selector, String text) {
		try {
			return waiting(selector + " with '" + text + "'")
				.until(() -> (WebElement) this.driver.executeScript(WITH_TEXT, selector, text), Objects::nonNull);
		}
		catch (ConditionTimeoutException ex) {
			throw new AssertionError(ex.getMessage() + " " + this.driver.getCurrentUrl() + " shows: "
					+ this.driver.findElement(By.tagName("body")).getText(), ex);
		}
	}

	/**
	 * Wait until no element is left.
	 */
	public void awaitNone(String selector) {
		waiting("no " + selector).until(() -> this.driver.findElements(By.cssSelector(selector)).isEmpty());
	}

	private static ConditionFactory waiting(String what) {
		return Awaitility.await(what).atMost(TIMEOUT).ignoreExceptionsMatching(Chromium::isReplaced);
	}

	private static boolean isReplaced(Throwable ex) {
		return ex instanceof StaleElementReferenceException || ex instanceof ElementNotInteractableException
				|| String.valueOf(ex.getMessage()).contains("does not belong to the document");
	}

	/**
	 * Click an element that has a text, once it is there. The page may replace it before
	 * it is clicked.
	 */
	public void click(String selector, String text) {
		waiting("click on " + selector).until(() -> {
			await(selector, text).click();
			return true;
		});
	}

	/**
	 * Type a text into an empty field, once it is there. The page may replace it before
	 * the text is in it.
	 */
	public void type(String selector, String text) {
		waiting("text in " + selector).until(() -> {
			WebElement field = await(selector, "");
			field.clear();
			field.sendKeys(text);
			return true;
		});
	}

	/**
	 * Return the element that has the keyboard.
	 */
	public WebElement focused() {
		return this.driver.switchTo().activeElement();
	}

	/**
	 * Wait until an element's animations are over.
	 */
	public void awaitStill(String selector) {
		this.driver.executeScript("return Promise.all(document.querySelector(arguments[0]).getAnimations()"
				+ ".map((animation) => animation.finished)).then(() => true)", selector);
	}

	/**
	 * Run a script.
	 * @return its result as a text
	 */
	public String run(String script) {
		return String.valueOf(this.driver.executeScript(script));
	}

	/**
	 * Return the fields, buttons and links without a name for screen readers.
	 */
	public String fieldsWithoutName() {
		return run(FIELDS_WITHOUT_NAME);
	}

	/**
	 * Return the texts whose contrast is lower than the Web Content Accessibility
	 * Guidelines demand.
	 */
	public String paleTexts() {
		return run(PALE_TEXTS);
	}

	/**
	 * Write what is seen to {@code target/screenshots}.
	 * @param name the name of the picture
	 * @param top what is at its top
	 */
	public void screenshot(String name, String top) {
		this.driver.executeScript("document.querySelector(arguments[0]).scrollIntoView()", top);
		try {
			Files.createDirectories(SCREENSHOTS);
			Files.write(SCREENSHOTS.resolve(name + ".png"), this.driver.getScreenshotAs(OutputType.BYTES));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
