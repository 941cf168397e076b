package io.github.k2connect.webhook.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.github.k2connect.webhook.endpoint.UnfinishedMessages.Message;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UnfinishedMessages}.
 */
class UnfinishedMessagesTests {

	private static final int OVERHEAD = 1000;

	private static final int LARGE = 20_000;

	private final UnfinishedMessages messages = new UnfinishedMessages(100_000);

	private final List<String> givenUp = new ArrayList<>();

	private Message begin(String name) {
		Message message = this.messages.new Message(() -> this.givenUp.add(name));
		message.begin(OVERHEAD);
		return message;
	}

	private Message large(String name) {
		Message message = begin(name);
		message.take(LARGE);
		return message;
	}

	@Test
	void givesUpOldestMessage() {
		Message oldest = begin("oldest");
		IntStream.range(0, 99).forEach((i) -> begin("message " + i));
		assertThat(oldest.take(0)).isTrue();
		assertThat(this.givenUp).isEmpty();
		assertThat(begin("newest").take(0)).isTrue();
		assertThat(this.givenUp).containsExactly("oldest");
		assertThat(oldest.take(1)).isFalse();
		assertThat(this.messages.size()).isEqualTo(100_000);
	}

	@Test
	void givesUpOldestMessageThoughItGrows() {
		Message oldest = begin("oldest");
		begin("newer");
		oldest.take(1);
		IntStream.range(0, 98).forEach((i) -> begin("message " + i));
		assertThat(this.givenUp).containsExactly("oldest");
	}

	@Test
	void keepsSmallMessageAmongLargeOnes() {
		Message small = begin("small");
		small.take(2000);
		IntStream.range(0, 50).forEach((i) -> large("large " + i));
		assertThat(small.take(10)).isTrue();
		assertThat(this.givenUp).hasSize(46).startsWith("large 0", "large 1").doesNotContain("small");
	}

	@Test
	void keepsLargeMessageAmongSmallOnes() {
		Message large = large("large");
		IntStream.range(0, 500).forEach((i) -> begin("small " + i));
		assertThat(large.take(10)).isTrue();
		assertThat(this.givenUp).startsWith("small 0", "small 1").doesNotContain("large");
	}

	@Test
	void givesUpNewMessageIfAllOthersHaveArrived() {
		List<Message> arrived = IntStream.range(0, 4).mapToObj((i) -> large("arrived " + i)).toList();
		arrived.forEach(Message::arrived);
		Message late = begin("late");
		assertThat(late.take(LARGE)).isFalse();
		assertThat(this.givenUp).containsExactly("late");
		arrived.get(0).release();
		assertThat(large("next").take(1)).isTrue();
	}

	@Test
	void receivesSingleMessageOfAnySize() {
		Message message = begin("message");
		assertThat(message.take(1_000_000)).isTrue();
		message.release();
		message.release();
		assertThat(this.messages.size()).isZero();
		assertThat(message.take(1)).isFalse();
		assertThat(this.messages.size()).isZero();
	}

}
