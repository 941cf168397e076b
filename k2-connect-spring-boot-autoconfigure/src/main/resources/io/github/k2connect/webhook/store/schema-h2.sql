CREATE TABLE IF NOT EXISTS k2_event (
	event_key CHAR(64) NOT NULL PRIMARY KEY,
	kind VARCHAR(100) NOT NULL,
	event_id VARCHAR(255) NOT NULL,
	handled_at BIGINT NOT NULL,
	reference VARCHAR(110)
);

CREATE INDEX IF NOT EXISTS k2_event_handled_at ON k2_event (handled_at);

CREATE INDEX IF NOT EXISTS k2_event_reference ON k2_event (reference);
