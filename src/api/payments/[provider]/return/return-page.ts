import type { PaymentState } from "../../../../workflows"

const sentences: Readonly<Record<PaymentState, string>> = {
  pending: "Your payment is not confirmed yet.",
  authorized: "Your payment was accepted.",
  paid: "Your payment was received.",
  failed: "Your payment was not made.",
  expired: "The time to pay is over.",
  canceled: "The payment was canceled.",
  refunded: "Your payment was given back.",
  chargeback: "Your payment was taken back.",
  mismatch: "What was paid is not what was ordered. The shop was told.",
}

/** For shops that named no page of their own storefront. Nothing in it comes from outside. */
export function returnPage(state: PaymentState | "unknown"): string {
  const sentence = state === "unknown" ? "This payment is not known here." : sentences[state]
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Payment</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:30rem;margin:4rem auto;padding:0 1rem}</style>
<p>${sentence}</p>
<p>You can close this page and go back to the shop.</p>
</html>
`
}
