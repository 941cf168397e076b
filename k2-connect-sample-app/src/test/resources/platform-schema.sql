CREATE TABLE merchant (
	name VARCHAR(40) PRIMARY KEY,
	till_number VARCHAR(20) NOT NULL,
	client_id VARCHAR(100) NOT NULL,
	client_secret VARBINARY(1000) NOT NULL,
	api_key VARBINARY(1000) NOT NULL,
	previous_api_key VARBINARY(1000)
);

CREATE TABLE rent (
	merchant VARCHAR(40) NOT NULL,
	reference VARCHAR(20) NOT NULL,
	amount DECIMAL(12, 2) NOT NULL,
	PRIMARY KEY (merchant, reference)
);
