package io.github.k2connect.test;

/**
 * Order in which the simulator delivers the messages of one request: its result and the
 * subscribed webhooks. A paid STK push has both, with the same M-PESA reference.
 *
 * @see K2Simulator#messageOrder(MessageOrder)
 */
public enum MessageOrder {

	/**
	 * Deliver all at the same moment, as Kopo Kopo may. This is the default.
	 */
	ANY,

	/**
	 * Deliver the result first. The webhooks follow when it was accepted with status 200
	 * or given up.
	 */
	RESULT_FIRST,

	/**
	 * Deliver the webhooks first. The result follows when they were accepted with status
	 * 200 or given up.
	 */
	WEBHOOK_FIRST

}
