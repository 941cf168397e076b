CREATE TABLE IF NOT EXISTS @@table-prefix@@event (
	event_key CHAR(64) NOT NULL PRIMARY KEY,
	kind VARCHAR(100) NOT NULL,
	event_id VARCHAR(255) NOT NULL,
	handled_at BIGINT NOT NULL,
	reference VARCHAR(110),
	INDEX event_handled_at (handled_at),
	INDEX event_reference (reference)
) ENGINE = InnoDB;

CREATE TABLE IF NOT EXISTS @@table-prefix@@task (
	task_name VARCHAR(100) NOT NULL,
	task_instance VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
	task_data LONGBLOB,
	reference VARCHAR(110),
	execution_time DATETIME(6) NOT NULL,
	picked BOOLEAN NOT NULL,
	picked_by VARCHAR(50),
	last_success DATETIME(6),
	last_failure DATETIME(6),
	consecutive_failures INT,
	last_heartbeat DATETIME(6),
	version BIGINT NOT NULL,
	PRIMARY KEY (task_name, task_instance),
	INDEX task_execution_time (execution_time),
	INDEX task_last_heartbeat (last_heartbeat),
	INDEX task_reference (reference)
) ENGINE = InnoDB;

CREATE TABLE IF NOT EXISTS @@table-prefix@@request (
	request_key CHAR(64) NOT NULL PRIMARY KEY,
	account VARCHAR(40) NOT NULL,
	idempotency_key VARCHAR(255) NOT NULL,
	type VARCHAR(100) NOT NULL,
	attempt_id CHAR(36) NOT NULL,
	fingerprint VARCHAR(100) NOT NULL,
	location VARCHAR(2000),
	started_at BIGINT NOT NULL,
	releasable_at BIGINT,
	in_doubt BOOLEAN NOT NULL,
	INDEX request_started_at (started_at),
	INDEX request_releasable_at (releasable_at)
) ENGINE = InnoDB;
