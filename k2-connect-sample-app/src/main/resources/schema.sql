create table if not exists shop_order (
	id varchar(36) primary key,
	checkout_token varchar(36) not null unique,
	product_id varchar(40) not null,
	amount decimal(12, 2) not null,
	currency char(3) not null,
	phone_number varchar(20) not null,
	state varchar(20) not null
		check (state in ('CREATED', 'AWAITING_PAYMENT', 'PAID', 'FAILED', 'NEEDS_REVIEW')),
	payment_id varchar(255) unique,
	payment_location varchar(2000),
	mpesa_reference varchar(255),
	failure_reason varchar(40),
	created_at timestamp with time zone not null
);

create index if not exists shop_order_phone on shop_order (phone_number, created_at);

create table if not exists shop_phone (
	phone_number varchar(20) primary key
);
