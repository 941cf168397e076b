package io.github.k2connect.test;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.k2connect.client.ApiVersion;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import tools.jackson.databind.node.ObjectNode;

/**
 * The API calls that create resources and return their status, the same for every kind of
 * resource.
 */
final class ResourceEndpoints {

	private final List<ResourceDescription> descriptions;

	private final ResourceStore store;

	private final Deliveries deliveries;

	private final Duration resultDelay;

	private final Strictness strictness;

	private final BearerTokenCheck tokenCheck;

	ResourceEndpoints(List<ResourceDescription> descriptions, ResourceStore store, Deliveries deliveries,
			Duration resultDelay, Strictness strictness, BearerTokenCheck tokenCheck) {
		this.descriptions = List.copyOf(descriptions);
		this.store = store;
		this.deliveries = deliveries;
		this.resultDelay = resultDelay;
		this.strictness = strictness;
		this.tokenCheck = tokenCheck;
	}

	List<Endpoint> endpoints() {
		List<Endpoint> endpoints = new ArrayList<>();
		for (ResourceDescription description : this.descriptions) {
			description.rules().keySet().forEach((version) -> {
				String path = path(description, version);
				endpoints
					.add(Endpoint
						.post(path,
								this.tokenCheck
									.guard((request, account) -> create(request, account, description, version)))
						.thenNotify(ResultAnnouncer.NAME));
				endpoints.add(Endpoint.get(path + "/{id}",
						this.tokenCheck.guard((request, account) -> fetch(request, account, description))));
			});
		}
		return endpoints;
	}

	private ResponseDefinition create(Request request, SimulatedAccount account, ResourceDescription description,
			ApiVersion version) {
		Optional<ObjectNode> body = Json.parseObject(request.getBody());
		if (body.isEmpty()) {
			return Responses.notJson();
		}
		List<String> violations = description.rulesIn(version).violations(body.get(), this.strictness);
		if (!violations.isEmpty()) {
			return Responses.badRequest(violations);
		}
		String id = Identifiers.id();
		URI self = address(request).resolve(path(description, version) + "/" + id);
		Instant now = Instant.now();
		Instant dueAt = description.outcome().isImmediate() ? now : now.plus(this.resultDelay);
		ResourceRequest accepted = new ResourceRequest(version, self, body.get(), now, dueAt);
		SimulatedResource resource = new SimulatedResource(id, description, accepted, account,
				this.deliveries.generation());
		this.store.add(resource);
		description.outcome().start(resource);
		resource.completeWhenDue();
		return Responses.created(self);
	}

	private static String path(ResourceDescription description, ApiVersion version) {
		return "/api/" + version.pathSegment() + "/" + description.path();
	}

	/**
	 * Return the URL that the caller used, without its query.
	 */
	private static URI address(Request request) {
		return URI.create(request.getAbsoluteUrl().split("\\?", 2)[0]);
	}

	private ResponseDefinition fetch(Request request, SimulatedAccount account, ResourceDescription description) {
		return this.store.find(request, account)
			.filter((resource) -> resource.type().equals(description.type()))
			.map((resource) -> Responses.ok(resource.json()))
			.orElseGet(Responses::notFound);
	}

}
