package io.github.k2connect.webhook.reception;

import java.util.LinkedHashMap;
import java.util.Map;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What a tracer writes so that a trace goes on later, or at another instance: names and
 * values of headers. It is empty without a tracer.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class TraceCarrier {

	/**
	 * Longer headers, such as large baggage, are left out.
	 */
	private static final int MAX_LENGTH = 500;

	private final Map<String, String> headers = new LinkedHashMap<>();

	/**
	 * Create a carrier with headers of an earlier one.
	 * @param headers the headers
	 * @return the carrier
	 */
	public static TraceCarrier of(Map<String, String> headers) {
		TraceCarrier carrier = new TraceCarrier();
		carrier.headers.putAll(headers);
		return carrier;
	}

	/**
	 * Return the carrier of the current observation.
	 * @param registry the observation registry
	 * @return the carrier, empty if the current observation has none
	 */
	public static TraceCarrier current(ObservationRegistry registry) {
		Observation current = registry.getCurrentObservation();
		return (current != null && current.getContext() instanceof SenderContext<?> context
				&& context.getCarrier() instanceof TraceCarrier carrier) ? carrier : new TraceCarrier();
	}

	/**
	 * Return the headers that the tracer wrote.
	 * @return the headers
	 */
	public Map<String, String> headers() {
		return Map.copyOf(this.headers);
	}

	/**
	 * Create the context of an observation that writes its trace into this carrier.
	 * @return the context
	 */
	public Observation.Context sender() {
		SenderContext<TraceCarrier> context = new SenderContext<>(TraceCarrier::put, Kind.PRODUCER);
		context.setCarrier(this);
		return context;
	}

	/**
	 * Create the context of an observation that continues the trace of this carrier, or
	 * begins a trace if the carrier is empty.
	 * @return the context
	 */
	Observation.Context receiver() {
		if (this.headers.isEmpty()) {
			return new Observation.Context();
		}
		ReceiverContext<TraceCarrier> context = new ReceiverContext<>(TraceCarrier::get, Kind.CONSUMER);
		context.setCarrier(this);
		return context;
	}

	private static void put(@Nullable TraceCarrier carrier, String name, String value) {
		if (carrier != null && value.length() <= MAX_LENGTH) {
			carrier.headers.put(name, value);
		}
	}

	private static @Nullable String get(TraceCarrier carrier, String name) {
		return carrier.headers.get(name);
	}

}
