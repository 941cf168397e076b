create table if not exists shop_order (
	id varchar(36) primary key,
	product_id varchar(40) not null,
	amount decimal(12, 2) not null,
	phone_number varchar(20) not null,
	phone_hash char(64) not null,
	state varchar(20) not null check (state in ('CREATED', 'AWAITING_PAYMENT', 'PAID', 'FAILED', 'NEEDS_REVIEW')),
	push_id varchar(255) unique,
	mpesa_reference varchar(255) unique,
	failure_reason varchar(40),
	created_at timestamp with time zone not null
);

create index if not exists shop_order_phone on shop_order (phone_hash, created_at);

-- Payments that were given back. None of them pays an order.
create table if not exists shop_reversal (
	mpesa_reference varchar(255) primary key
);
