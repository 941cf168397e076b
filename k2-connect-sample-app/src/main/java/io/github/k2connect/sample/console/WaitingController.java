package io.github.k2connect.sample.console;

import java.time.OffsetDateTime;
import java.util.List;

import io.github.k2connect.account.K2Accounts;
import io.github.k2connect.reconciliation.K2Reconciliation;
import io.github.k2connect.webhook.inbox.K2Inbox;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Controller for what waits: the inbox with its parked events, the tasks of k2-connect,
 * and the tills that are reconciled.
 */
@Controller
@RequestMapping("/console/waiting")
class WaitingController {

	private static final int MAX_TASKS = 100;

	private final K2Inbox inbox;

	private final JdbcClient jdbc;

	private final ObjectProvider<K2Reconciliation> reconciliation;

	private final K2Accounts accounts;

	WaitingController(K2Inbox inbox, JdbcClient jdbc, ObjectProvider<K2Reconciliation> reconciliation,
			K2Accounts accounts) {
		this.inbox = inbox;
		this.jdbc = jdbc;
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
		return this.jdbc
			.sql("SELECT task_name, task_instance, execution_time, consecutive_failures FROM k2_task"
					+ " WHERE task_name <> 'k2-inbox' ORDER BY execution_time")
			.withMaxRows(MAX_TASKS)
			.query((row, number) -> new WaitingTask(row.getString("task_name"), row.getString("task_instance"),
					row.getObject("execution_time", OffsetDateTime.class).toInstant(),
					row.getInt("consecutive_failures")))
			.list();
	}

}
