package io.github.k2connect.test;

import java.util.Optional;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON as the simulator reads and writes it: amounts keep all their digits.
 */
final class Json {

	private static final int MAX_NESTING_DEPTH = 100;

	static final JsonMapper MAPPER = JsonMapper
		.builder(JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING_DEPTH).build())
			.build())
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
		.build();

	private Json() {
	}

	static ObjectNode object() {
		return MAPPER.createObjectNode();
	}

	static byte[] bytes(JsonNode json) {
		return MAPPER.writeValueAsBytes(json);
	}

	/**
	 * Read a body that should be one JSON object.
	 */
	static Optional<ObjectNode> parseObject(byte[] body) {
		try {
			return (MAPPER.readTree(body) instanceof ObjectNode object) ? Optional.of(object) : Optional.empty();
		}
		catch (JacksonException | NumberFormatException ex) {
			return Optional.empty();
		}
	}

}
