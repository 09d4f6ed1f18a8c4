import { createHash } from "node:crypto"
import { html, htmlPage } from "../shared/html"
import { htmlReply, type Reply } from "../shared/http-message"
import type { PaymentReply } from "./payment-reply"
import type { PaymentzSettings } from "./settings"

/** Sends the shopper's browser back with a POST, which no redirect can do. */
export function returnForm(url: string, fields: Readonly<Record<string, string>>): Reply {
  const inputs = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`
  )
  const page = htmlPage(
    "Back to the shop",
    html`<h1>Back to the shop</h1>
      <form method="post" action="${url}">
        ${inputs.reduce((all, input) => html`${all}${input}`, html``)}
        <button class="primary">Go back to the shop</button>
      </form>
      ${SUBMIT}`
  )
  const reply = htmlReply(200, page)
  const policy = `${reply.headers["content-security-policy"] ?? ""}; script-src '${SUBMIT_HASH}'`
  return { ...reply, headers: { ...reply.headers, "content-security-policy": policy } }
}

const SUBMIT = html`<script>
  document.forms[0].submit()
</script>`
/** A policy allows a script by the digest of every character between its tags. */
const SUBMIT_HASH = `sha256-${createHash("sha256")
  .update(SUBMIT.text.replace(/<\/?script>/g, ""), "utf8")
  .digest("base64")}`

/** What the shopper's browser brings back: the fields of an answer, or the names they had before. */
export function returnFields(
  reply: PaymentReply,
  names: PaymentzSettings["returnFields"]
): Record<string, string> {
  switch (names) {
    case "current":
      return flat(reply)
    case "older":
      // There `status` holds the short form, and no transactionStatus comes.
      return {
        trackingid: reply.paymentId,
        desc: reply.merchantTransactionId,
        amount: reply.amount,
        currency: reply.currency,
        status: reply.transactionStatus ?? "",
        resultCode: reply.result.code,
        resultDescription: reply.result.description,
        cardBin: reply.card.bin,
        cardLast4Digits: reply.card.last4Digits,
        checksum: reply.checksum,
        ...(reply.registrationId !== undefined && { token: reply.registrationId }),
      }
  }
}

/** Assumption: what is an object in JSON is written with a dot in a form, as in requests. */
function flat(reply: PaymentReply): Record<string, string> {
  const pairs = Object.entries(reply).flatMap(([name, value]): [string, string][] =>
    typeof value === "string"
      ? [[name, value]]
      : Object.entries(value ?? {}).map(([key, text]) => [`${name}.${key}`, String(text)])
  )
  return Object.fromEntries(pairs)
}
