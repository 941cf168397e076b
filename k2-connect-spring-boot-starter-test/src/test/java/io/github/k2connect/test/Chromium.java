package io.github.k2connect.test;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.opentest4j.TestAbortedException;

/**
 * Chromium or Chrome, without a window. Nothing is downloaded: without a browser and its
 * driver the tests are left out, unless {@code k2.test.browser} is {@code required}.
 */
final class Chromium implements AutoCloseable {

	private static final List<File> BROWSERS = List.of(new File("/usr/bin/chromium"),
			new File("/usr/bin/google-chrome"));

	private static final File DRIVER = new File("/usr/bin/chromedriver");

	private static final String ABSENT = "There is no " + BROWSERS + " with " + DRIVER
			+ ". On Debian install them with: apt-get install chromium chromium-driver";

	private static final boolean REQUIRED = "required".equals(System.getProperty("k2.test.browser"));

	private static final Path SCREENSHOTS = Path.of("target", "screenshots");

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final ChromeDriver driver;

	private Chromium(ChromeDriver driver) {
		this.driver = driver;
	}

	static Chromium start() {
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
		return new Chromium(new ChromeDriver(service, options));
	}

	/**
	 * Open a page in a light window of usual size, with JavaScript.
	 */
	void open(String url) {
		javaScript(true);
		look("light", 1280, 900);
		this.driver.get(url);
	}

	/**
	 * Open a page without JavaScript.
	 */
	void openWithoutJavaScript(String url) {
		javaScript(false);
		this.driver.get(url);
	}

	private void javaScript(boolean enabled) {
		this.driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !enabled));
	}

	void look(String colorScheme, int width, int height) {
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colorScheme))));
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
	}

	/**
	 * Wait for an element that has a text.
	 */
	WebElement await(String selector, String text) {
		return waiting(selector + " with '" + text + "'")
			.until(() -> elements(selector).stream().filter((element) -> element.getText().contains(text)).findFirst(),
					Optional::isPresent)
			.orElseThrow();
	}

	/**
	 * Wait until no element is left.
	 */
	void awaitNone(String selector) {
		waiting("no " + selector).until(() -> elements(selector).isEmpty());
	}

	private static ConditionFactory waiting(String what) {
		return Awaitility.await(what).atMost(TIMEOUT).ignoreExceptionsInstanceOf(StaleElementReferenceException.class);
	}

	private List<WebElement> elements(String selector) {
		return this.driver.findElements(By.cssSelector(selector));
	}

	/**
	 * Click an element that has a text, once it is there. The page may replace it before
	 * it is clicked.
	 */
	void click(String selector, String text) {
		waiting("click on " + selector).until(() -> {
			await(selector, text).click();
			return true;
		});
	}

	void type(String selector, String text) {
		WebElement field = await(selector, "");
		field.clear();
		field.sendKeys(text);
	}

	/**
	 * Return the element that has the keyboard.
	 */
	WebElement focused() {
		return this.driver.switchTo().activeElement();
	}

	/**
	 * Wait until an element's animations are over.
	 */
	void awaitStill(String selector) {
		this.driver.executeScript("return Promise.all(document.querySelector(arguments[0]).getAnimations()"
				+ ".map((animation) => animation.finished)).then(() => true)", selector);
	}

	/**
	 * Run a script.
	 * @return its result as a text
	 */
	String run(String script) {
		return String.valueOf(this.driver.executeScript(script));
	}

	/**
	 * Write what is seen to {@code target/screenshots}.
	 * @param name the name of the picture
	 * @param top what is at its top
	 */
	void screenshot(String name, String top) {
		this.driver.executeScript("document.querySelector(arguments[0]).scrollIntoView()", top);
		try {
			Files.createDirectories(SCREENSHOTS);
			Files.write(SCREENSHOTS.resolve(name + ".png"), this.driver.getScreenshotAs(OutputType.BYTES));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.driver.quit();
	}

}
