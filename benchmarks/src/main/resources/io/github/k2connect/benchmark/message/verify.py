# Verifies and decodes a webhook many times. Arguments: the body, the signature, the API key.
# Prints the name of the runtime, the nanoseconds per message, the amount and the reference.
import hmac
import json
import platform
import sys
import time


def handle(body, signature, api_key):
    if not hmac.compare_digest(hmac.digest(api_key, body, "sha256").hex(), signature):
        raise ValueError("The signature is wrong")
    message = json.loads(body)
    event = message["event"]
    resource = event["resource"]
    return {
        "id": message["id"],
        "resource_id": resource["id"],
        "topic": message["topic"],
        "created_at": message["created_at"],
        "event_type": event["type"],
        "reference": resource["reference"],
        "origination_time": resource["origination_time"],
        "sender_phone_number": resource["sender_phone_number"],
        "amount": resource["amount"],
        "currency": resource["currency"],
        "till_number": resource["till_number"],
        "system": resource["system"],
        "status": resource["status"],
        "first_name": resource["sender_first_name"],
        "middle_name": resource["sender_middle_name"],
        "last_name": resource["sender_last_name"],
        "link_self": message["_links"]["self"],
        "link_resource": message["_links"]["resource"],
    }


def batch(body, signature, api_key):
    count = 5000
    start = time.perf_counter_ns()
    for _ in range(count):
        handle(body, signature, api_key)
    return (time.perf_counter_ns() - start) / count


body, signature, api_key = sys.argv[1].encode(), sys.argv[2], sys.argv[3].encode()
warm = time.perf_counter_ns() + 1_000_000_000
while time.perf_counter_ns() < warm:
    batch(body, signature, api_key)
times = sorted(batch(body, signature, api_key) for _ in range(21))
payment = handle(body, signature, api_key)
print(f"Python {platform.python_version()}", times[10], payment["amount"], payment["reference"], sep="\n")
