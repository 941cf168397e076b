package io.github.k2connect.followup;

import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.K2ResultEvent;
import io.github.k2connect.idempotency.RequestWriter;
import io.github.k2connect.webhook.reception.EventDispatcher.HandledEventListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Listener that ends the follow-up of a request with its final result.
 */
final class FollowUpRecorder implements HandledEventListener {

	private static final Log logger = LogFactory.getLog(FollowUpRecorder.class);

	private final RequestWriter<FollowUpWrite> writer;

	/**
	 * Create the listener.
	 * @param writer the writer for the table of tasks
	 */
	FollowUpRecorder(RequestWriter<FollowUpWrite> writer) {
		this.writer = writer;
	}

	@Override
	public void handled(K2Event event) {
		if (event instanceof K2ResultEvent result && !result.isPending()) {
			try {
				this.writer.writeEventually(
						FollowUpWrite.delete(FollowUpState.key(result.account(), result.type(), result.id())));
			}
			catch (RuntimeException ex) {
				logger.debug("A follow-up with a final result could not be deleted. Its next execution ends it", ex);
			}
		}
	}

	/**
	 * Store the URLs that could not be stored before.
	 * @param executing the key of the follow-up that is executing, which cannot be
	 * deleted now
	 * @return whether the URL of that follow-up was stored
	 */
	boolean saveUnsaved(String executing) {
		try {
			return this.writer.retry(executing);
		}
		catch (RuntimeException ex) {
			logger.debug("The URL of a started request still cannot be stored", ex);
			return false;
		}
	}

}
