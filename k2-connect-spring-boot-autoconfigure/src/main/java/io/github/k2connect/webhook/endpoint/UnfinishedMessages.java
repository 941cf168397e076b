package io.github.k2connect.webhook.endpoint;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The messages whose signatures are not verified yet, with a limit for the memory that
 * they take together. Anybody can send such messages.
 * <p>
 * Beyond the limit an older message is given up: of the small messages or of the large
 * ones, whichever take more memory, the one that has been read for the longest time. A
 * genuine message is small and arrives within moments. So it is given up neither because
 * of senders of large messages, nor because of those who never finish theirs. A single
 * message is always within the limit.
 */
final class UnfinishedMessages {

	/**
	 * The size up to which a body is small, in bytes.
	 */
	private static final int SMALL = 8 * 1024;

	private final ReentrantLock lock = new ReentrantLock();

	private final Share small = new Share();

	private final Share large = new Share();

	private final long limit;

	private long size;

	/**
	 * Create an object without messages.
	 * @param limit the maximum size of all messages, in bytes
	 */
	UnfinishedMessages(long limit) {
		this.limit = limit;
	}

	/**
	 * Return the size of all messages, in bytes.
	 */
	long size() {
		this.lock.lock();
		try {
			return this.size;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Give up other messages until there is room for a message, or this one.
	 * @return the messages that were given up
	 */
	private List<Message> makeRoomFor(Message message) {
		List<Message> givenUp = new ArrayList<>();
		while (this.size > this.limit && this.size > message.size && !message.ended) {
			Message oldest = oldestBefore(message);
			end(oldest);
			givenUp.add(oldest);
		}
		return givenUp;
	}

	private Message oldestBefore(Message last) {
		Stream<Share> shares = (this.small.size > this.large.size) ? Stream.of(this.small, this.large)
				: Stream.of(this.large, this.small);
		return shares.flatMap((share) -> share.messages.stream())
			.filter((message) -> message != last)
			.findFirst()
			.orElse(last);
	}

	private void end(Message message) {
		message.share.remove(message);
		this.size -= message.size;
		message.ended = true;
	}

	/**
	 * The messages that are being read, the oldest first.
	 */
	private static final class Share {

		private final Set<Message> messages = new LinkedHashSet<>();

		private long size;

		/**
		 * Add a message that has grown, or let it keep its place.
		 */
		private void add(Message message, int growth) {
			this.size += this.messages.add(message) ? message.size : growth;
		}

		private void remove(Message message) {
			if (this.messages.remove(message)) {
				this.size -= message.size;
			}
		}

	}

	/**
	 * A message. Hold no lock that giving up another message needs while calling
	 * {@link #begin} or {@link #take}.
	 */
	final class Message {

		private final Runnable giveUp;

		private Share share = UnfinishedMessages.this.small;

		private long size;

		private long bodySize;

		private volatile boolean ended;

		/**
		 * Create a message.
		 * @param giveUp gives up reading the message: on any thread, without waiting
		 */
		Message(Runnable giveUp) {
			this.giveUp = giveUp;
		}

		/**
		 * Begin to read the message. This may give up other messages, or this one if
		 * there is no other that may be given up.
		 * @param overhead the memory of the server for the message
		 * @return whether the message may be read
		 */
		boolean begin(int overhead) {
			return add(overhead, 0);
		}

		/**
		 * Take memory for a part of the body. This may give up other messages, or this
		 * one.
		 * @param bytes the number of bytes
		 * @return whether the message may be read further
		 */
		boolean take(int bytes) {
			return add(bytes, bytes);
		}

		private boolean add(int bytes, int bodyBytes) {
			List<Message> givenUp = List.of();
			UnfinishedMessages.this.lock.lock();
			try {
				if (!this.ended) {
					grow(bytes, bodyBytes);
					givenUp = makeRoomFor(this);
				}
			}
			finally {
				UnfinishedMessages.this.lock.unlock();
			}
			givenUp.forEach((message) -> message.giveUp.run());
			return !this.ended;
		}

		private void grow(int bytes, int bodyBytes) {
			this.bodySize += bodyBytes;
			Share next = (this.bodySize > SMALL) ? UnfinishedMessages.this.large : UnfinishedMessages.this.small;
			if (next != this.share) {
				this.share.remove(this);
				this.share = next;
			}
			this.size += bytes;
			UnfinishedMessages.this.size += bytes;
			next.add(this, bytes);
		}

		/**
		 * Record that the message has arrived. It keeps its memory, and is not given up
		 * any more.
		 */
		void arrived() {
			UnfinishedMessages.this.lock.lock();
			try {
				this.share.remove(this);
			}
			finally {
				UnfinishedMessages.this.lock.unlock();
			}
		}

		/**
		 * Return the memory of the message.
		 */
		void release() {
			UnfinishedMessages.this.lock.lock();
			try {
				if (!this.ended) {
					end(this);
				}
			}
			finally {
				UnfinishedMessages.this.lock.unlock();
			}
		}

	}

}
