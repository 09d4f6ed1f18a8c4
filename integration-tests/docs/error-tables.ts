/** Every code that an error, a list or the dashboard names: what happened, by the code's own words, and what to do. */
import words from "../../src/admin/i18n/en.json"
import { type GatewayErrorReason, gatewayErrorReasons } from "../../src/gateways/shared/errors"
import { exceptionKinds } from "../../src/modules/payment-journal/repositories/exceptions"
import { blockerCodes } from "../../src/modules/payout/actions/who-may-approve"
import { reasons } from "../../src/shared/reasons"
import { refusals } from "../../src/shared/refusals"
import { checkoutErrorCodes } from "../../src/storefront/checkout-error"
import { en } from "../../src/storefront/words/en"
import { checklistCodes } from "../../src/workflows/providers/checklist"
import { narrowTable } from "./markdown-table"

const meanings: Readonly<Record<string, string>> = {
  not_sent: "nothing was sent, nothing happened",
  declined: "the gateway did not do it",
  unknown: "it may have happened: it is asked about, and never sent again by itself",
}

const again =
  "Nothing, where it passes: what only reads is repeated by itself, and the next run asks again"
const network =
  "Look at this server's way to the gateway: firewall, DNS, the gateway's own page of outages"
const asked =
  "Nothing: the outcome is asked for by itself. Where it stays so for a day, look it up at the gateway by our reference"
const support =
  "Give the line of the log to the gateway's support: its answer is not what its pages say. Until then the outcome is asked for"

/** What the shop's owner does about a call that failed for each reason. */
const aboutCalls: Readonly<Record<GatewayErrorReason, string>> = {
  refused: network,
  unreachable: network,
  dns: "Compare `baseUrl` with what the gateway told you; then your server's DNS",
  connect_timeout: `${network}. Some gateways let in only the addresses they know`,
  aborted: again,
  invalid_request: "A fault of this package: report it with the line of the log",
  no_token: "See the line before it: the access token was refused, or could not be fetched",
  circuit_open: "Wait: the gateway has not been answering, and is tried again within a minute",
  declined:
    "Read the gateway's words beside it. The shopper chooses again; a refund says what to do instead",
  unauthorized:
    "Compare the options that the message names with the gateway's dashboard, then **Check now**",
  low_balance: "Put money into the account at the gateway; what waits is sent by itself then",
  headers_timeout: asked,
  body_timeout: asked,
  total_timeout: `${asked}. Where it is frequent, raise \`timeoutMs\``,
  reset: asked,
  cut_short: asked,
  tls: "Compare `baseUrl`. The gateway's certificate is not valid for it, or your server's list of authorities is old",
  server_error: asked,
  redirect:
    "Compare `baseUrl`: what answers there sends callers elsewhere, such as from http to https or to a login",
  too_large: support,
  unreadable:
    "Compare `baseUrl`, where it never worked: what answers is not the gateway's API. Else: give the line of the log to its support",
  mismatch: support,
  unlisted_code: support,
  network: asked,
}

export function callErrorTable(): string {
  return narrowTable(
    ["`reason`", "what happened", "the outcome", "what to do"],
    gatewayErrorReasons.map(({ outcome, reason, sentence }) => [
      `\`${reason}\``,
      sentence,
      `\`${outcome}\`: ${meanings[outcome] ?? ""}`,
      isReason(reason) ? aboutCalls[reason] : "",
    ])
  )
}

function isReason(reason: string): reason is GatewayErrorReason {
  return Object.hasOwn(aboutCalls, reason)
}

/** What the store answers a storefront with, beside Medusa's own errors; each is HTTP 409. */
export const storeCodes: Readonly<Record<string, { what: string; todo: string }>> = {
  cart_already_paid: {
    what: "the cart was paid in another window; `order_id` is its order",
    todo: "show that order",
  },
  cart_total_changed: {
    what: "something changed what the cart costs after its payment was opened",
    todo: "have the shopper choose how to pay again; what they paid already is listed under **Payments that need you**",
  },
  cart_is_being_completed: {
    what: "another request makes the cart an order at this moment; or a server died while it did",
    todo: "ask again in a few seconds; after some of them, tell the shopper that the order takes some minutes",
  },
  payment_method_being_chosen: {
    what: "another request chooses how to pay for the cart at this moment",
    todo: "ask again in a few seconds",
  },
}

export function storeCodeTable(): string {
  return narrowTable(
    ["`code`", "what happened", "what the storefront does"],
    Object.entries(storeCodes).map(([code, { what, todo }]) => [`\`${code}\``, what, todo])
  )
}

export function checkoutErrorTable(): string {
  return narrowTable(
    ["`code`", "what the shopper reads", "and what they do"],
    checkoutErrorCodes.map((code) => [`\`${code}\``, en.errors[code].title, en.errors[code].text])
  )
}

export function checklistTable(): string {
  return narrowTable(
    ["`code`", "what is wrong", "what to do"],
    checklistCodes.map((code) => [
      `\`${code}\``,
      words.settings.codes[code].what,
      words.settings.codes[code].todo,
    ])
  )
}

export function exceptionTable(): string {
  return narrowTable(
    ["`kind`", "what it is", "why"],
    exceptionKinds.map((kind) => [
      `\`${kind}\``,
      words.exceptions.kinds[kind],
      words.exceptions.why[kind],
    ])
  )
}

export function blockerTable(): string {
  return narrowTable(
    ["`code`", "why, and what to do"],
    blockerCodes.map((code) => [`\`${code}\``, words.approvals.whyNot[code]])
  )
}

export function reasonTable(): string {
  return codeTable(reasons, words.reasons)
}

function codeTable(
  table: Readonly<Record<string, readonly string[]>>,
  sentences: Readonly<Record<string, string>>
): string {
  return narrowTable(
    ["`code`", "what the dashboard says", "`details`"],
    Object.entries(table).flatMap(([code, details]) => {
      const sentence = sentences[code]
      return sentence === undefined
        ? []
        : [[`\`${code}\``, sentence, details.map((name) => `\`${name}\``).join(", ")]]
    })
  )
}

/** Of those that say why somebody may not approve, the words stand in a table of their own. */
export function refusalTable(): string {
  return codeTable(refusals, refusalWords)
}

const refusalWords: Readonly<Record<string, string>> = {
  ...words.imports.faults,
  ...words.exceptions.refusals,
  ...words.refusals,
}
