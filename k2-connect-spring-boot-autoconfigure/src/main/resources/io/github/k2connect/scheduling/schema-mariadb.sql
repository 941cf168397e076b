CREATE TABLE IF NOT EXISTS scheduled_tasks (
	task_name VARCHAR(100) NOT NULL,
	task_instance VARCHAR(100) NOT NULL,
	task_data LONGBLOB,
	execution_time TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
	picked BOOLEAN NOT NULL,
	picked_by VARCHAR(50),
	last_success TIMESTAMP(6) NULL,
	last_failure TIMESTAMP(6) NULL,
	consecutive_failures INT,
	last_heartbeat TIMESTAMP(6) NULL,
	version BIGINT NOT NULL,
	priority SMALLINT,
	PRIMARY KEY (task_name, task_instance),
	INDEX scheduled_tasks_execution_time (execution_time),
	INDEX scheduled_tasks_last_heartbeat (last_heartbeat)
) ENGINE = InnoDB;
