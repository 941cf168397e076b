create table if not exists shop_order (
	id varchar(36) primary key,
	checkout_token varchar(36) not null unique,
	product_id varchar(40) not null,
	amount decimal(12, 2) not null,
	currency char(3) not null,
	phone_number varchar(20) not null,
	phone_hash char(64) not null,
	state varchar(20) not null
		check (state in ('CREATED', 'AWAITING_PAYMENT', 'PAID', 'FAILED', 'NEEDS_REVIEW')),
	payment_id varchar(255) unique,
	mpesa_reference varchar(255),
	failure_reason varchar(40),
	created_at timestamp with time zone not null
);

create index if not exists shop_order_phone on shop_order (phone_number, created_at);

create index if not exists shop_order_phone_hash on shop_order (phone_hash, created_at);

-- What the till has received. A payment is there once, however many messages tell of it.
create table if not exists shop_receipt (
	reference varchar(255) primary key,
	amount decimal(12, 2),
	currency varchar(10),
	phone_hash varchar(255),
	paid_at timestamp with time zone,
	order_id varchar(36) references shop_order (id) on delete set null,
	reversed boolean default false not null
);

create index if not exists shop_receipt_order on shop_receipt (order_id);

create table if not exists shop_phone (
	phone_number varchar(20) primary key
);
