import { orderStates } from "../../src/providers/paymentz/order-report"
import { beneficiaryStatus } from "../../src/payout-providers/paymentz/provider"
import { sessionStatus } from "../../src/providers/base/medusa-status"
import type { OrderReport } from "../../src/providers/base/gateway"
import type { OwnGateway } from "../../src/providers/registry"
import * as cashy from "../../src/gateways/cashy/statuses"
import * as kess from "../../src/gateways/kess/statuses"
import * as mocasa from "../../src/gateways/mocasa/statuses"
import * as mocopay from "../../src/gateways/mocopay/statuses"
import * as paymentz from "../../src/gateways/paymentz/statuses"
import { paymentSession } from "../../src/gateways/mocopay/messages"
import { decimal } from "../../src/gateways/shared/money"
import type { PaymentzPaymentType } from "../../src/gateways/paymentz/messages"
import { commentInCode, tableInCode } from "./code-table"
import { narrowTable } from "./markdown-table"

/** What the words of one gateway mean for the shop, as its code has it. */
type StatusTable = {
  title: string
  /** The heading of the column with the gateway's words. */
  words: string
  /** The table in the gateway's `statuses.ts` that lists the words; a table in a table behind a point. */
  table: string
  /** A column for each way in which a word is read; the code is asked. */
  meanings: Readonly<Record<string, (word: string) => string>>
  /** Tables of the code whose rows, by what a word stands for, have notes of their own. */
  notesOf?: readonly ((word: string) => string)[]
  /** The function whose comment says why any other word is read as it is. */
  otherwise?: string
}

/** The tables of a gateway's page, each under a heading of its own. */
export function statusTables(gateway: string): string {
  return (tablesOf[gateway] ?? []).map((table) => section(gateway, table)).join("\n\n")
}

function section(gateway: string, table: StatusTable): string {
  const file = `src/gateways/${gateway}/statuses.ts`
  const { about, rows } = tableInCode(file, table.table)
  const meanings = Object.entries(table.meanings)
  const lines = rows.map(({ key, note }) => [
    `\`${key}\``,
    ...meanings.map(([, meaningOf]) => meaningOf(key)),
    [note, ...(table.notesOf ?? []).map((noteOf) => noteOf(key))]
      .filter((text, index, notes) => text !== "" && notes.indexOf(text) === index)
      .join("; "),
  ])
  const any = table.otherwise
    ? [
        [
          "anything else",
          ...meanings.map(([, meaningOf]) => meaningOf("no such word")),
          commentInCode(file, table.otherwise),
        ],
      ]
    : []
  return [
    `### ${table.title}`,
    about,
    narrowTable([table.words, ...meanings.map(([title]) => title), "note"], [...lines, ...any]),
  ].join("\n\n")
}

/** What a state of an order comes to in Medusa. */
function session(state: OrderReport["state"]): string {
  return `\`${sessionStatus({ type: state }).status}\`: ${inTheShop[state]}`
}

const inTheShop: Readonly<Record<OrderReport["state"], string>> = {
  pending: "no money is proven, asked about again",
  authorized: "reserved, the order is placed",
  paid: "paid, the order is placed",
  failed: "not paid, the shopper can choose again",
  expired: "not paid, its time is over",
  canceled: "nothing was paid, or the reservation was given back",
  refunded: "the money went back",
  chargeback: "the shopper's bank took the money back",
}

type Outcome = "done" | "declined" | "unknown"

function refund(outcome: Outcome): string {
  return refundInTheShop[outcome]
}

const refundInTheShop: Readonly<Record<Outcome, string>> = {
  done: "made: Medusa books it",
  declined: "not made: nothing is booked, and the message has the gateway's words",
  unknown: "not known: nothing is booked, and the gateway is asked before anything is sent again",
}

/** Of a payout the state has the name that the transfer's has in the dashboard and in the API. */
function transfer(state: "processing" | "succeeded" | "failed" | "returned" | undefined): string {
  return `\`${state ?? "unknown"}\``
}

const account: Readonly<Record<mocasa.MocasaAccountState, string>> = {
  accepted: "`active`: can be paid",
  refused: "`rejected`",
  open: "`pending`: a person looks in Mocasa's dashboard and decides",
}

const ofKess: Readonly<Record<kess.KessResult, string>> = {
  done: "done, as far as the call goes",
  unknown: "not known: the gateway is asked",
}

/** What MoCoPay's word is of a session in which nothing was charged. */
function unpaid(status: string): "pending" | "failed" | "paid" {
  const session = paymentSession.parse({ sessionId: "S1", pid: "P1", status })
  return mocopay.paymentOf(session, { amount: decimal("1"), currency: "eur", type: "onetime" })
    .state
}

/** What a status is for an order that was opened as a debit or as a reservation. */
function paymentzSession(word: string, type: PaymentzPaymentType): string {
  const stage = paymentz.transactionStage(word, type)
  if (stage === "reversed") {
    return type === "PA" ? `${session("canceled")}; or ${session("refunded")}` : session("refunded")
  }
  return stage === "approved" ? session("pending") : session(orderStates[type][stage])
}

function paymentzNote(word: string, type: PaymentzPaymentType): string {
  const { rows } = tableInCode("src/providers/paymentz/order-report.ts", `orderStates.${type}`)
  return rows.find(({ key }) => key === paymentz.transactionStage(word, type))?.note ?? ""
}

const paymentzMeanings: StatusTable["meanings"] = {
  'with `capture: "automatic"`': (word) => paymentzSession(word, "DB"),
  'with `capture: "manual"`': (word) => paymentzSession(word, "PA"),
}

const medusaSession = "Medusa's payment session"
const theTransfer = "the transfer"

const tablesOf: Readonly<Record<string, readonly StatusTable[]>> = {
  mocasa: [
    {
      title: "A payment",
      words: "`txStatus`",
      table: "orderStates",
      meanings: { [medusaSession]: (word) => session(mocasa.orderState(word)) },
      otherwise: "orderState",
    },
    {
      title: "A refund",
      words: "`refundStatus`",
      table: "refundOutcomes",
      meanings: { "the refund": (word) => refund(mocasa.refundOutcome(word)) },
      otherwise: "refundOutcome",
    },
    {
      title: "A payout",
      words: "`txStatus`",
      table: "transferStates",
      meanings: { [theTransfer]: (word) => transfer(mocasa.transferState(word)) },
      otherwise: "transferState",
    },
    {
      title: "A beneficiary",
      words: "`status`",
      table: "accountStates",
      meanings: { "the beneficiary": (word) => account[mocasa.accountState(word)] },
      otherwise: "accountState",
    },
  ],
  mocopay: [
    {
      title: "A payment",
      words: "`status`",
      table: "states",
      meanings: {
        [`${medusaSession}, while nothing is charged`]: (word) => session(unpaid(word)),
      },
      otherwise: "unpaidState",
    },
  ],
  kess: [
    {
      title: "A payment",
      words: "`is_success`",
      table: "paymentStates",
      meanings: { [medusaSession]: (word) => session(kess.paymentState(word === "true")) },
    },
    {
      title: "The answer to a call",
      words: "`result_code`",
      table: "results",
      meanings: { "what it says": (word) => ofKess[kess.resultOf(word)] },
      otherwise: "resultOf",
    },
  ],
  cashy: [
    {
      title: "A payment",
      words: "`orderStatus`",
      table: "orderStates",
      meanings: { [medusaSession]: (word) => session(cashy.orderState(word)) },
      otherwise: "orderState",
    },
    {
      title: "A payout",
      words: "`orderStatus`",
      table: "payoutStates",
      meanings: { [theTransfer]: (word) => transfer(cashy.payoutState(word)) },
      otherwise: "payoutState",
    },
  ],
  paymentz: [
    {
      title: "A payment",
      words: "`status`",
      table: "stages",
      meanings: {
        ...paymentzMeanings,
        "of a payout's beneficiary": (word) => `\`${beneficiaryStatus(word)}\``,
      },
      notesOf: [(word) => paymentzNote(word, "DB"), (word) => paymentzNote(word, "PA")],
      otherwise: "transactionStage",
    },
    {
      title: "A payment's short status",
      words: "`transactionStatus`",
      table: "shortStages.DB",
      meanings: paymentzMeanings,
    },
    {
      title: "A payout",
      words: "`status`",
      table: "states",
      meanings: { [theTransfer]: (word) => transfer(paymentz.payoutState(word)) },
      otherwise: "payoutState",
    },
  ],
} satisfies Readonly<Record<OwnGateway, readonly StatusTable[]>>
