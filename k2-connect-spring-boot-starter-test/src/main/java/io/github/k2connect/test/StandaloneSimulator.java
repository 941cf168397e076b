package io.github.k2connect.test;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Starts the simulator alone, from the command line.
 */
final class StandaloneSimulator {

	private static final Set<String> HELP = Set.of("--help", "-h");

	private final PrintStream out;

	private final PrintStream err;

	StandaloneSimulator(PrintStream out, PrintStream err) {
		this.out = out;
		this.err = err;
	}

	public static void main(String[] args) {
		int status = new StandaloneSimulator(System.out, System.err).run(List.of(args),
				(simulator) -> Runtime.getRuntime().addShutdownHook(new Thread(simulator::close)));
		if (status != 0) {
			System.exit(status);
		}
	}

	/**
	 * Start a simulator, which goes on running, or print the help.
	 * @param args the options
	 * @param started what is done with the simulator before its addresses are printed
	 * @return the exit code: 2 for invalid options, 1 when it cannot listen
	 */
	int run(List<String> args, Consumer<K2Simulator> started) {
		if (args.stream().anyMatch(HELP::contains)) {
			printHelp();
			return 0;
		}
		try {
			K2Simulator simulator = builder(args).start();
			started.accept(simulator);
			print(simulator);
			return 0;
		}
		catch (IllegalArgumentException ex) {
			this.err.println(ex.getMessage() + ". The option --help lists all options.");
			return 2;
		}
		catch (IllegalStateException ex) {
			this.err.println(ex.getMessage() + ".");
			return 1;
		}
	}

	private static K2Simulator.Builder builder(List<String> args) {
		K2Simulator.Builder builder = K2Simulator.builder();
		Set<StandaloneOption> missing = EnumSet.allOf(StandaloneOption.class);
		for (Iterator<String> rest = args.iterator(); rest.hasNext();) {
			String[] parts = rest.next().split("=", 2);
			StandaloneOption option = StandaloneOption.named(parts[0]);
			boolean valueFollows = parts.length == 1 && !option.isFlag() && rest.hasNext();
			option.apply(builder, valueFollows ? rest.next() : (parts.length == 2) ? parts[1] : "");
			missing.remove(option);
		}
		missing.stream()
			.filter((option) -> !option.defaultValue().isEmpty())
			.forEach((option) -> option.apply(builder, option.defaultValue()));
		return builder;
	}

	private void print(K2Simulator simulator) {
		this.out.println("Simulator of Kopo Kopo at " + simulator.baseUrl() + ", until Ctrl+C");
		line("Page", simulator.baseUrl() + "/");
		simulator.accounts().forEach(this::print);
		line("Till numbers", "any, such as K000000");
		this.out.flush();
	}

	private void print(SimulatedAccount account) {
		String owner = account.isDefault() ? "" : " of " + account.name();
		line("Client id" + owner, account.clientId());
		line("Client secret" + owner, account.clientSecret());
		line("API key" + owner, account.apiKey());
	}

	private void printHelp() {
		this.out.println("Starts a simulator of Kopo Kopo. Options:");
		Arrays.stream(StandaloneOption.values())
			.forEach((option) -> line(option.usage(), option.description().replace("`", "")
					+ (option.defaultValue().isEmpty() ? "" : " (default: " + option.defaultValue() + ")")));
	}

	private void line(String name, String text) {
		this.out.printf("  %-24s %s%n", name, text);
	}

}
