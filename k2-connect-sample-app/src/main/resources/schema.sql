create table if not exists shop_order (
	id varchar(36) primary key,
	product_id varchar(40) not null,
	amount decimal(12, 2) not null,
	phone_number varchar(20) not null,
	state varchar(20) not null check (state in ('CREATED', 'AWAITING_PAYMENT', 'PAID', 'FAILED', 'NEEDS_REVIEW')),
	push_id varchar(255) unique,
	mpesa_reference varchar(255) unique,
	failure_reason varchar(40),
	created_at timestamp with time zone not null
);

-- The customers' payments to the till. A payment has one row, however many events report it.
create table if not exists shop_payment (
	reference varchar(255) primary key,
	account varchar(40) not null,
	amount decimal(18, 2),
	currency varchar(10),
	till_number varchar(40),
	paid_at timestamp with time zone not null,
	reversed boolean default false not null
);
