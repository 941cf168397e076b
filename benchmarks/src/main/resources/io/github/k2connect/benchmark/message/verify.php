<?php
// Verifies and decodes a webhook many times. Arguments: the body, the signature, the API key.
// Prints the name of the runtime, the nanoseconds per message, the amount and the reference.

function handle(string $body, string $signature, string $apiKey): array
{
    if (!hash_equals(hash_hmac('sha256', $body, $apiKey), $signature)) {
        throw new RuntimeException('The signature is wrong');
    }
    $message = json_decode($body, true, 512, JSON_THROW_ON_ERROR);
    $event = $message['event'];
    $resource = $event['resource'];
    return [
        'id' => $message['id'],
        'resourceId' => $resource['id'],
        'topic' => $message['topic'],
        'createdAt' => $message['created_at'],
        'eventType' => $event['type'],
        'reference' => $resource['reference'],
        'originationTime' => $resource['origination_time'],
        'senderPhoneNumber' => $resource['sender_phone_number'],
        'amount' => $resource['amount'],
        'currency' => $resource['currency'],
        'tillNumber' => $resource['till_number'],
        'system' => $resource['system'],
        'status' => $resource['status'],
        'firstName' => $resource['sender_first_name'],
        'middleName' => $resource['sender_middle_name'],
        'lastName' => $resource['sender_last_name'],
        'linkSelf' => $message['_links']['self'],
        'linkResource' => $message['_links']['resource'],
    ];
}

function batch(string $body, string $signature, string $apiKey): float
{
    $count = 20000;
    $start = hrtime(true);
    for ($i = 0; $i < $count; $i++) {
        handle($body, $signature, $apiKey);
    }
    return (hrtime(true) - $start) / $count;
}

[, $body, $signature, $apiKey] = $argv;
$warm = hrtime(true) + 1_000_000_000;
while (hrtime(true) < $warm) {
    batch($body, $signature, $apiKey);
}
$times = [];
for ($i = 0; $i < 21; $i++) {
    $times[] = batch($body, $signature, $apiKey);
}
sort($times);
$payment = handle($body, $signature, $apiKey);
$jit = function_exists('opcache_get_status') && (opcache_get_status(false)['jit']['on'] ?? false);
echo 'PHP ', PHP_VERSION, $jit ? ' with JIT' : '', "\n", $times[10], "\n", $payment['amount'], "\n",
    $payment['reference'], "\n";
