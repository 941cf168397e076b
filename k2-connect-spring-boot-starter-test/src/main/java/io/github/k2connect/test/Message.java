package io.github.k2connect.test;

import java.net.URI;
import java.time.Duration;

/**
 * Message to the application: a result or a webhook.
 *
 * @param name what the message is, for the log
 * @param account the account that it is for
 * @param url where to
 * @param body the message
 * @param signer the signer, which has the key of the account unless something is wrong
 * @param delay how long it waits before it is sent
 * @param lost whether it never arrives
 */
@SuppressWarnings("ArrayRecordComponent")
record Message(String name, SimulatedAccount account, URI url, byte[] body, WebhookSigner signer, Duration delay,
		boolean lost) {

	static Message of(String name, SimulatedAccount account, URI url, byte[] body) {
		return new Message(name, account, url, body, account.signer(), Duration.ZERO, false);
	}

	Message withBody(byte[] newBody) {
		return new Message(this.name, this.account, this.url, newBody, this.signer, this.delay, this.lost);
	}

	Message signedBy(WebhookSigner newSigner) {
		return new Message(this.name, this.account, this.url, this.body, newSigner, this.delay, this.lost);
	}

	Message to(URI newUrl) {
		return new Message(this.name, this.account, newUrl, this.body, this.signer, this.delay, this.lost);
	}

	Message delayed(Duration newDelay) {
		return new Message(this.name, this.account, this.url, this.body, this.signer, newDelay, this.lost);
	}

	Message lose() {
		return new Message(this.name, this.account, this.url, this.body, this.signer, this.delay, true);
	}

}
