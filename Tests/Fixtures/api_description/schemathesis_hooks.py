"""What schemathesis is told beside an API's description: which refusals of valid requests depend on what was sent before."""

import schemathesis
from schemathesis.specs.openapi.checks import positive_data_acceptance

# No schema can say these, and each description says them in words.
DEPENDENT = (
    "Duplicate order_id",  # basic-auth
    "was used for another request",  # standard: an Idempotency-Key
    "next_cursor of an earlier page",  # standard, marketplace
    "Email already registered",  # marketplace
    "Only pending orders can be cancelled",  # marketplace
)


@schemathesis.check
def what_is_described_is_accepted(ctx, response, case):
    if not any(phrase in response.text for phrase in DEPENDENT):
        return positive_data_acceptance(ctx, response, case)
