package io.github.k2connect.test;

/**
 * Order in which the simulator delivers the messages that one request leads to: its
 * result, and the webhooks to which the application is subscribed. A paid STK push has
 * both, with the same M-PESA reference.
 *
 * @see K2Simulator#messageOrder(MessageOrder)
 */
public enum MessageOrder {

	/**
	 * Deliver all at the same moment, as Kopo Kopo may. This is the default.
	 */
	ANY,

	/**
	 * Deliver the result first. The webhooks follow when it was answered 200, or was
	 * given up.
	 */
	RESULT_FIRST,

	/**
	 * Deliver the webhooks first. The result follows when they were answered 200, or were
	 * given up.
	 */
	WEBHOOK_FIRST

}
