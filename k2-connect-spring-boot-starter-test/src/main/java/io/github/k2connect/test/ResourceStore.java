package io.github.k2connect.test;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Resources that the simulator created.
 */
final class ResourceStore {

	private final Map<String, SimulatedResource> resources = new ConcurrentHashMap<>();

	void add(SimulatedResource resource) {
		this.resources.put(resource.id(), resource);
	}

	Optional<SimulatedResource> find(String id) {
		return Optional.ofNullable(this.resources.get(id));
	}

	void clear() {
		this.resources.clear();
	}

}
