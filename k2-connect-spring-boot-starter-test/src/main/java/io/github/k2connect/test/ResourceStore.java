package io.github.k2connect.test;

import java.util.Optional;

import com.github.tomakehurst.wiremock.http.Request;

/**
 * Latest resources that the simulator created.
 */
final class ResourceStore {

	private final Latest<String, SimulatedResource> resources = new Latest<>();

	void add(SimulatedResource resource) {
		this.resources.put(resource.id(), resource, Json.bytes(resource.request().body()).length);
	}

	Optional<SimulatedResource> find(String id) {
		return Optional.ofNullable(this.resources.get(id));
	}

	/**
	 * Find the resource of an account whose id is in the path of a request.
	 */
	Optional<SimulatedResource> find(Request request, SimulatedAccount account) {
		return Optional.ofNullable(request.getPathParameters().get("id"))
			.flatMap(this::find)
			.filter((resource) -> resource.account() == account);
	}

	void clear() {
		this.resources.clear();
	}

}
