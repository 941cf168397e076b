package io.github.k2connect.sample.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import io.github.k2connect.account.K2Accounts;
import io.github.k2connect.reconciliation.K2Reconciliation;
import io.github.k2connect.webhook.inbox.K2Inbox;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Controller for what waits: the inbox with its parked events, the tasks of k2-connect in
 * db-scheduler's table, and the tills that are reconciled.
 */
@Controller
@RequestMapping("/console/waiting")
class WaitingController {

	private static final String INBOX = "k2-inbox";

	private static final int MAX_TASKS = 100;

	private final K2Inbox inbox;

	private final SchedulerClient scheduler;

	private final ObjectProvider<K2Reconciliation> reconciliation;

	private final K2Accounts accounts;

	WaitingController(K2Inbox inbox, SchedulerClient scheduler, ObjectProvider<K2Reconciliation> reconciliation,
			K2Accounts accounts) {
		this.inbox = inbox;
		this.scheduler = scheduler;
		this.reconciliation = reconciliation;
		this.accounts = accounts;
	}

	@GetMapping
	String showWaiting(Model model) {
		model.addAttribute("waiting", this.inbox.waiting());
		model.addAttribute("parked", this.inbox.parked());
		model.addAttribute("tasks", tasks());
		model.addAttribute("tills", this.reconciliation.stream().flatMap((bean) -> bean.tills().stream()).toList());
		model.addAttribute("accounts", this.accounts.configuredNames().stream().sorted().toList());
		return "console/waiting";
	}

	@PostMapping("/retry")
	String retry(@RequestParam String key, RedirectAttributes attributes) {
		attributes.addAttribute("done", this.inbox.retry(key) ? "retried" : "gone");
		return "redirect:/console/waiting";
	}

	@PostMapping("/retry-all")
	String retryAll(RedirectAttributes attributes) {
		attributes.addAttribute("done", (this.inbox.retryAll() > 0) ? "retried" : "gone");
		return "redirect:/console/waiting";
	}

	@PostMapping("/discard")
	String discard(@RequestParam String key, RedirectAttributes attributes) {
		attributes.addAttribute("done", this.inbox.discard(key) ? "discarded" : "gone");
		return "redirect:/console/waiting";
	}

	private List<WaitingTask> tasks() {
		List<WaitingTask> tasks = new ArrayList<>();
		this.scheduler.fetchScheduledExecutions((execution) -> {
			String name = execution.getTaskInstance().getTaskName();
			if (name.startsWith("k2-") && !name.equals(INBOX)) {
				tasks.add(task(execution));
			}
		});
		return tasks.stream().sorted(Comparator.comparing(WaitingTask::next)).limit(MAX_TASKS).toList();
	}

	private static WaitingTask task(ScheduledExecution<Object> execution) {
		return new WaitingTask(execution.getTaskInstance().getTaskName(), execution.getTaskInstance().getId(),
				execution.getExecutionTime(), execution.getConsecutiveFailures(), execution.getLastFailure());
	}

}
