package io.github.k2connect.test;

import java.util.function.Function;
import java.util.function.UnaryOperator;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.extension.Parameters;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;

/**
 * Endpoint of the simulator: a stub mapping and the transformer that creates its
 * response.
 */
final class Endpoint implements ResponseDefinitionTransformerV2 {

	private final String name;

	private final MappingBuilder address;

	private final Function<Request, ResponseDefinition> response;

	private Endpoint(String name, MappingBuilder address, Function<Request, ResponseDefinition> response) {
		this.name = name;
		this.address = address;
		this.response = response;
	}

	static Endpoint get(String path, Function<Request, ResponseDefinition> response) {
		return new Endpoint("GET " + path, WireMock.get(WireMock.urlPathTemplate(path)), response);
	}

	static Endpoint post(String path, Function<Request, ResponseDefinition> response) {
		return new Endpoint("POST " + path, WireMock.post(WireMock.urlPathTemplate(path)), response);
	}

	/**
	 * Create the endpoint for requests that match no other endpoint.
	 */
	static Endpoint anythingElse(Function<Request, ResponseDefinition> response) {
		return new Endpoint("anything else", WireMock.any(WireMock.anyUrl()).atPriority(Integer.MAX_VALUE), response);
	}

	/**
	 * Return this endpoint with something around its response.
	 */
	Endpoint around(UnaryOperator<Function<Request, ResponseDefinition>> wrapper) {
		return new Endpoint(this.name, this.address, wrapper.apply(this.response));
	}

	/**
	 * Notify a listener when a response of this endpoint has been sent.
	 */
	Endpoint thenNotify(String serveEventListener) {
		this.address.withServeEventListener(serveEventListener, Parameters.empty());
		return this;
	}

	StubMapping stub() {
		return this.address.willReturn(WireMock.aResponse().withTransformers(this.name)).build();
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public boolean applyGlobally() {
		return false;
	}

	@Override
	public ResponseDefinition transform(ServeEvent serveEvent) {
		return this.response.apply(serveEvent.getRequest());
	}

}
