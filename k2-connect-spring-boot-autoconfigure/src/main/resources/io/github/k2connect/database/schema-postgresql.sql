CREATE TABLE IF NOT EXISTS @@table-prefix@@event (
	event_key CHAR(64) NOT NULL PRIMARY KEY,
	kind VARCHAR(100) NOT NULL,
	event_id VARCHAR(255) NOT NULL,
	handled_at BIGINT NOT NULL,
	reference VARCHAR(110)
);

CREATE INDEX IF NOT EXISTS @@index-prefix@@event_handled_at ON @@table-prefix@@event (handled_at);

CREATE INDEX IF NOT EXISTS @@index-prefix@@event_reference ON @@table-prefix@@event (reference);

CREATE TABLE IF NOT EXISTS @@table-prefix@@task (
	task_name VARCHAR(100) NOT NULL,
	task_instance VARCHAR(100) NOT NULL,
	task_data BYTEA,
	reference VARCHAR(110),
	execution_time TIMESTAMP WITH TIME ZONE NOT NULL,
	picked BOOLEAN NOT NULL,
	picked_by VARCHAR(50),
	last_success TIMESTAMP WITH TIME ZONE,
	last_failure TIMESTAMP WITH TIME ZONE,
	consecutive_failures INTEGER,
	last_heartbeat TIMESTAMP WITH TIME ZONE,
	version BIGINT NOT NULL,
	PRIMARY KEY (task_name, task_instance)
);

CREATE INDEX IF NOT EXISTS @@index-prefix@@task_execution_time ON @@table-prefix@@task (execution_time);

CREATE INDEX IF NOT EXISTS @@index-prefix@@task_last_heartbeat ON @@table-prefix@@task (last_heartbeat)
	WHERE last_heartbeat IS NOT NULL;

CREATE INDEX IF NOT EXISTS @@index-prefix@@task_reference ON @@table-prefix@@task (reference) WHERE reference IS NOT NULL;

-- With statistics of a nearly empty table, PostgreSQL would sort the whole table at each poll of a burst.
ALTER TABLE @@table-prefix@@task ALTER COLUMN execution_time SET STATISTICS 0;

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
	in_doubt BOOLEAN NOT NULL
);

CREATE INDEX IF NOT EXISTS @@index-prefix@@request_started_at ON @@table-prefix@@request (started_at);

CREATE INDEX IF NOT EXISTS @@index-prefix@@request_releasable_at ON @@table-prefix@@request (releasable_at) WHERE releasable_at IS NOT NULL;
