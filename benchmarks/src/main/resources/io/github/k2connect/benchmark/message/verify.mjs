// Verifies and decodes a webhook many times. Arguments: the body, the signature, the API key.
// Prints the name of the runtime, the nanoseconds per message, the amount and the reference.
import { createHmac, timingSafeEqual } from 'node:crypto';

function handle(body, signature, apiKey) {
  const expected = createHmac('sha256', apiKey).update(body).digest();
  const given = Buffer.from(signature, 'hex');
  if (given.length !== expected.length || !timingSafeEqual(expected, given)) {
    throw new Error('The signature is wrong');
  }
  const message = JSON.parse(body.toString('utf8'));
  const event = message.event;
  const resource = event.resource;
  return {
    id: message.id,
    resourceId: resource.id,
    topic: message.topic,
    createdAt: message.created_at,
    eventType: event.type,
    reference: resource.reference,
    originationTime: resource.origination_time,
    senderPhoneNumber: resource.sender_phone_number,
    amount: resource.amount,
    currency: resource.currency,
    tillNumber: resource.till_number,
    system: resource.system,
    status: resource.status,
    firstName: resource.sender_first_name,
    middleName: resource.sender_middle_name,
    lastName: resource.sender_last_name,
    linkSelf: message._links.self,
    linkResource: message._links.resource,
  };
}

function batch(body, signature, apiKey) {
  const count = 10000;
  const start = process.hrtime.bigint();
  for (let i = 0; i < count; i++) {
    handle(body, signature, apiKey);
  }
  return Number(process.hrtime.bigint() - start) / count;
}

const [text, signature, apiKey] = process.argv.slice(2);
const body = Buffer.from(text, 'utf8');
const warm = process.hrtime.bigint() + 1_000_000_000n;
while (process.hrtime.bigint() < warm) {
  batch(body, signature, apiKey);
}
const times = Array.from({ length: 21 }, () => batch(body, signature, apiKey)).sort((a, b) => a - b);
const payment = handle(body, signature, apiKey);
console.log(`Node ${process.versions.node}\n${times[10]}\n${payment.amount}\n${payment.reference}`);
