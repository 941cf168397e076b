package io.github.k2connect;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ScopeTests {

	@Test
	void hasLowerCaseValue() {
		assertThat(Scope.values()).extracting(Scope::value).containsExactly("company", "till");
	}

}
