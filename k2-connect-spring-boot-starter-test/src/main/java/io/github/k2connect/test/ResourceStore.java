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

	/**
	 * Find a resource by its address, which ends in its id.
	 */
	Optional<SimulatedResource> find(String address) {
		return Optional.ofNullable(this.resources.get(address.substring(address.lastIndexOf('/') + 1)));
	}

	void clear() {
		this.resources.clear();
	}

}
